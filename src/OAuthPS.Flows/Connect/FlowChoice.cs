using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Connect;

/// <summary>Which flow to take: the one asked for, or the provider's best for what was given.</summary>
internal static class FlowChoice
{
    /// <exception cref="OAuthUsageException">
    /// The provider has no such flow, or none for what was given, or something is missing or not used.
    /// </exception>
    internal static Flow Choose(ConnectRequest request)
    {
        var provider = request.Provider;
        if (request.Inputs.Select(input => input.EmptyPart).FirstOrDefault(part => part is not null) is { } empty)
        {
            throw Errors.EmptyCredential(empty);
        }

        if (request.Flow is { } asked)
        {
            return provider.Flows.Contains(asked) || provider.UnlistedFlows.Contains(asked)
                ? Require(request, KnownFlows.Get(asked))
                : throw Errors.FlowNotSupported(provider.Names, asked.Name, provider.Flows.Select(flow => flow.Name));
        }

        var flows = provider.Flows.Select(KnownFlows.Get).ToList();
        if (request.Inputs.FirstOrDefault(input => !flows.Exists(flow => flow.Takes(input.Kind, provider))) is { } useless)
        {
            throw Errors.InputNotUsed(provider.Names, flow: null, useless.Kind, FlowFacts.OfferedBy(provider));
        }

        return Require(
            request,
            flows.Find(flow => flow.IsMeant(request))
                ?? throw Errors.NothingGiven(provider.Names, provider.VendorCredential is not null, FlowFacts.OfferedBy(provider)));
    }

    /// <summary>
    /// A client's credentials alone are what a runbook has. Where nobody can be asked they are no wish for a sign-in that nobody named.
    /// </summary>
    /// <exception cref="OAuthUsageException">The flow needs a person; nothing was sent and no browser opened.</exception>
    internal static void RequirePerson(ConnectRequest request, Flow flow, ISignInPrompt? prompt)
    {
        if (flow.NeedsPerson && prompt is not { IsAttended: true }
            && request is { Flow: null, Inputs.Count: 0, Client.CanProveItself: true, SignIn: { RedirectUri: null, NoBrowser: false } })
        {
            throw Errors.SignInNotNamed(request.Provider.Names, flow.Name.Name, OAuthFlow.ClientCredentials.Name);
        }
    }

    private static Flow Require(ConnectRequest request, Flow flow)
    {
        var provider = request.Provider;
        var needs = flow.Needs(provider);
        RequireAll(needs.Where(need => !need.IsClient));

        // What was given and is not used was meant for something: better said than left out.
        foreach (var input in request.Given())
        {
            if (!flow.Takes(input, provider))
            {
                throw Errors.InputNotUsed(provider.Names, flow.Name.Name, input, FlowFacts.OfferedBy(provider));
            }
        }

        RequireAll(needs.Where(need => need.IsClient));
        SentParameters.Require(request, flow);
        flow.Check(request);
        return provider.ScopeNeededBy.Contains(flow.Name) && request.Scope.Count == 0
            ? throw Errors.InputNeeded(provider.Names, flow.Name.Name, "a scope", OAuthInput.Scope)
            : flow;

        void RequireAll(IEnumerable<FlowNeed> all)
        {
            if (all.FirstOrDefault(need => !need.AnyOf.Any(input => Has(request, input))) is { } missing)
            {
                throw Errors.InputNeeded(provider.Names, flow.Name.Name, missing.Words, [.. missing.AnyOf]);
            }
        }
    }

    // Whether the client has what it takes to prove itself is for its authentication to say.
    private static bool Has(ConnectRequest request, OAuthInput input) => input switch
    {
        OAuthInput.ClientSecret or OAuthInput.ClientId => request.Client is not null,
        OAuthInput.ClientKey => request.Client?.Key is not null,
        _ => request.Inputs.Any(given => given.Kind == input),
    };
}
