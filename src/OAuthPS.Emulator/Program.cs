using OAuthPS.Emulator;

return args switch
{
    [] or ["serve", ..] => await ServeCommand.RunAsync(args.Skip(1)),
    ["--help" or "-h" or "help", ..] => Usage.Show(),
    [['-', ..], ..] => await ServeCommand.RunAsync(args),
    [var unknown, ..] => Usage.Refuse($"There is no command '{unknown}'."),
};
