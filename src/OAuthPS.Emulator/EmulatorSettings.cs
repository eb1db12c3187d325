namespace OAuthPS.Emulator;

/// <summary>What may change while the emulator serves. It holds for tokens issued from then on.</summary>
public sealed class EmulatorSettings
{
    private readonly Lock _gate = new();
    private TimeSpan? _tokenLifetime;
    private TimeSpan? _refreshTokenLifetime;

    /// <summary>How long access tokens live; null for what each provider documents, zero or less for expired on arrival.</summary>
    public TimeSpan? TokenLifetime
    {
        get { lock (_gate)
            {
                return _tokenLifetime;
            }
        }

        set { lock (_gate)
            {
                _tokenLifetime = value;
            }
        }
    }

    /// <summary>
    /// How long the refresh tokens of Blynk and Space live; null for each provider's own way.
    /// Spacebring's "don't have expiration date", whatever this says.
    /// </summary>
    public TimeSpan? RefreshTokenLifetime
    {
        get { lock (_gate)
            {
                return _refreshTokenLifetime;
            }
        }

        set { lock (_gate)
            {
                _refreshTokenLifetime = value;
            }
        }
    }
}
