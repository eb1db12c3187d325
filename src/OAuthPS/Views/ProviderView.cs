using System.Management.Automation;
using OAuthPS.Advice;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Views;

/// <summary>A provider as the cmdlets return it: with what each flow needs and how it is started, in the words of the cmdlets.</summary>
internal static class ProviderView
{
    internal static PSObject Of(OAuthProvider provider)
    {
        var view = PSObject.AsPSObject(provider);

        // PowerShell remembers them with the object, and a built-in provider is one object for all.
        if (view.Properties["Needs"] is null)
        {
            view.Properties.Add(new PSNoteProperty("Needs", provider.Flows.Select(flow => FlowNeeds.Describe(provider, flow)).ToArray()));
            view.Properties.Add(new PSNoteProperty("Commands", provider.Flows.Select(flow => FlowCommand.Of(provider, flow)).ToArray()));
        }

        return view;
    }
}
