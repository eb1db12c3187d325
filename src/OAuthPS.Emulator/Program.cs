using OAuthPS.Emulator;

return args switch
{
    [] or ["serve", ..] => await ServeCommand.RunAsync(args.Skip(1)),
    ["tour"] => await TourCommand.RunAsync(),
    ["browse", var url] when Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IsLoopback
        => await DemoPerson.BrowseAsync(address),
    ["--help" or "-h" or "help", ..] => Usage.Show(),
    [['-', ..], ..] => await ServeCommand.RunAsync(args),
    [var unknown, ..] => Usage.Refuse($"There is no command '{unknown}'."),
};
