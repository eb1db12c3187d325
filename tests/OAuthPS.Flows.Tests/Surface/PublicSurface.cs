using System.Globalization;
using System.Reflection;

namespace OAuthPS.Flows.Tests.Surface;

/// <summary>What an assembly offers to other programs, as text: a line for each type and each member, sorted.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext _nullability = new();

    internal static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes().SelectMany(Lines).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Lines(Type type)
    {
        var name = NameOf(type);
        var bases = new[] { type.BaseType }.Concat(type.GetInterfaces()).Where(one => one is { IsPublic: true } && one != typeof(object) && !type.IsEnum).Select(one => NameOf(one!));
        var from = string.Join(", ", bases.Order(StringComparer.Ordinal));
        yield return $"{name}: {KindOf(type)}{(from.Length > 0 ? $" of {from}" : "")}";
        foreach (var member in type.GetMembers(Declared).Where(member => member is not Type && IsVisible(member)))
            yield return $"{name}.{Describe(member)}";
    }

    private static string KindOf(Type type) => type switch
    {
        { IsEnum: true } => $"enum {NameOf(Enum.GetUnderlyingType(type))}",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Describe(MemberInfo member) => member switch
    {
        ConstructorInfo made => $"new({Parameters(made)}){Modifiers(made)}",
        MethodInfo method => $"{method.Name}{Arguments(method)}({Parameters(method)}): {NameOf(method.ReturnType)}{Mark(_nullability.Create(method.ReturnParameter).ReadState, method.ReturnType)}{Modifiers(method)}",
        PropertyInfo property => $"{property.Name}: {NameOf(property.PropertyType)}{Mark(_nullability.Create(property).ReadState, property.PropertyType)} {{{Accessors(property)}}}{Modifiers(property.GetMethod ?? property.SetMethod!)}{Required(property)}",
        FieldInfo { IsLiteral: true } field => $"{field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}",
        FieldInfo field => $"{field.Name}: {NameOf(field.FieldType)} field",
        _ => $"{member.Name}: {member.MemberType}",
    };

    // Accessors stand with their property; what a compiler makes of a record is no decision.
    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase { IsConstructor: false, IsSpecialName: true } method => method.Name.StartsWith("op_", StringComparison.Ordinal) && IsVisible(method.Attributes),
        MethodBase method => IsVisible(method.Attributes),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(accessor => IsVisible(accessor.Attributes)),
        FieldInfo field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName,
        _ => true,
    };

    private static bool IsVisible(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static string Modifiers(MethodBase method)
    {
        var isOverride = method is MethodInfo one && one.GetBaseDefinition() != one;
        var words = new[]
        {
            method.IsFamily || method.IsFamilyOrAssembly ? "protected" : "",
            method.IsStatic ? "static" : "",
            isOverride ? "override" : method.IsAbstract ? "abstract" : method is { IsVirtual: true, IsFinal: false } ? "virtual" : "",
        };
        var text = string.Join(' ', words.Where(word => word.Length > 0));
        return text.Length > 0 ? $" [{text}]" : "";
    }

    private static string Accessors(PropertyInfo property)
    {
        var isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit") == true;
        var get = property.GetMethod is { } read && IsVisible(read.Attributes) ? " get;" : "";
        return get + (property.SetMethod is { } write && IsVisible(write.Attributes) ? isInit ? " init; " : " set; " : " ");
    }

    private static string Required(PropertyInfo property) =>
        property.GetCustomAttributes().Any(attribute => attribute.GetType().Name == "RequiredMemberAttribute") ? " [required]" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{NameOf(parameter.ParameterType)}{Mark(_nullability.Create(parameter).WriteState, parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Value(parameter)}" : "")}"));

    private static string Value(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => parameter.ParameterType.IsValueType ? "default" : "null",
        string text => $"\"{text}\"",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Arguments(MethodInfo method) =>
        method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    private static string Mark(NullabilityState state, Type type) => state == NullabilityState.Nullable && Nullable.GetUnderlyingType(type) is null ? "?" : "";

    // With the namespace where it is ours: moving a type is a change to those who use it.
    private static string NameOf(Type type)
    {
        if (type.IsGenericParameter)
            return type.Name;
        if (type.IsArray)
            return $"{NameOf(type.GetElementType()!)}[]";
        if (type.IsByRef)
            return $"ref {NameOf(type.GetElementType()!)}";
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return $"{NameOf(underlying)}?";
        var name = type.Namespace?.StartsWith("OAuthPS", StringComparison.Ordinal) == true ? type.FullName ?? $"{type.Namespace}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : name;
    }
}
