namespace OAuthPS.Emulator;

/// <summary>What the emulator says of itself at its start: where each provider is, and who may sign in.</summary>
internal static class Announcement
{
    public static string Of(EmulatorServer server) => $"""

        Provider        Service URL
        Spacebring      {server.Spacebring}
        SpatiaFi        {server.SpatiaFi}
        JetBrainsSpace  {server.Space}
        Blynk           {server.Blynk}

        Provider        Demo account    Id                                    Secret
        Spacebring      client          {DemoAccounts.SpacebringClientId,-36}  {DemoAccounts.SpacebringClientSecret}
                        user            {DemoAccounts.SpacebringUserName,-36}  {DemoAccounts.SpacebringPassword}
                        network         {DemoAccounts.SpacebringNetworkId,-36}  (header spacebring-network-id)
        SpatiaFi        user            {DemoAccounts.SpatiaFiUserName,-36}  {DemoAccounts.SpatiaFiPassword}
                        App Credential  {DemoAccounts.SpatiaFiClientId,-36}  {DemoAccounts.SpatiaFiClientSecret}
        JetBrainsSpace  client          {DemoAccounts.SpaceClientId,-36}  {DemoAccounts.SpaceClientSecret}
                        public client   {DemoAccounts.SpacePublicClientId,-36}  (none: PKCE)
                        user            {DemoAccounts.SpaceUserName,-36}  {DemoAccounts.SpacePassword}
        Blynk           client          {DemoAccounts.BlynkClientId,-36}  {DemoAccounts.BlynkClientSecret}

        {Rehearsals(server)}Journal of requests: {server.BaseAddress}_emulator/journal
        Stop with Ctrl+C.
        """;

    private static string Rehearsals(EmulatorServer server)
    {
        var addresses = server.Rehearsals.Select(rehearsal => server.Rehearsed(rehearsal.Provider.Name));
        return server.Rehearsals.Count == 0 ? "" : $"""
            Rehearsed       {string.Join("\n                ", addresses)}
                            client          {DemoAccounts.RehearsalClientId,-36}  {DemoAccounts.RehearsalClientSecret}
                            user            {DemoAccounts.RehearsalUserName,-36}  {DemoAccounts.RehearsalPassword}
            The file to register for one: {server.BaseAddress}_emulator/providers/{server.Rehearsals[0].Provider.Name}


            """;
    }
}
