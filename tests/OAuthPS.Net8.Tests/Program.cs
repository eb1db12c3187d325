using System.Reflection;
using System.Runtime.InteropServices;
using OAuthPS.Net8.Tests;
using Xunit.Sdk;

// Runs every test of this assembly in this process: a test host would want an installed runtime.
var results = new Results(Console.Out);
using var framework = new XunitTestFramework(results);
using var executor = framework.GetExecutor(Assembly.GetExecutingAssembly().GetName());
executor.RunAll(results, new Defaults(), new Defaults());
results.Finished.WaitOne();
Console.WriteLine($"{RuntimeInformation.FrameworkDescription}: {results.Passed} passed, {results.Failed} failed, {results.Skipped} skipped");
return results is { Failed: 0, Passed: > 0 } ? 0 : 1;
