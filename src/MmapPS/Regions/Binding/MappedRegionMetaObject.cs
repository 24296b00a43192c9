using System;
using System.Dynamic;
using System.Linq;
using System.Linq.Expressions;

namespace MmapPS.Regions.Binding;

/// <summary>
/// Binds <c>$region[i]</c> and calls of members for scripts. PowerShell's own binding of an indexer turns every exception of its
/// getter into $null outside of strict mode, where a page that cannot be read must be an error always; it assigns no slices, and
/// rounds fractions.
/// </summary>
internal sealed class MappedRegionMetaObject : DynamicMetaObject
{
    public MappedRegionMetaObject(Expression expression, MappedRegion region)
        : base(expression, BindingRestrictions.Empty, region)
    {
    }

    /// <inheritdoc/>
    public override DynamicMetaObject BindGetIndex(GetIndexBinder binder, DynamicMetaObject[] indexes)
    {
        if (indexes.Length != 1)
        {
            return base.BindGetIndex(binder, indexes);
        }

        Func<MappedRegion, object?, object> get = MappedRegion.GetAt;
        return Bound(Expression.Convert(Call(get, Plain(indexes[0])), binder.ReturnType));
    }

    /// <inheritdoc/>
    public override DynamicMetaObject BindSetIndex(SetIndexBinder binder, DynamicMetaObject[] indexes, DynamicMetaObject value)
    {
        // Of several indexes PowerShell makes a list where it reads them, and leaves them as they are where it assigns to them.
        Expression index = indexes.Length == 1 ? Plain(indexes[0]) : Expression.NewArrayInit(typeof(object), indexes.Select(Plain));
        Func<MappedRegion, object?, object?, object?> set = MappedRegion.SetAt;
        return Bound(Expression.Convert(Call(set, index, Plain(value)), binder.ReturnType));
    }

    /// <inheritdoc/>
    public override DynamicMetaObject BindInvokeMember(InvokeMemberBinder binder, DynamicMetaObject[] args)
    {
        DynamicMetaObject bound = base.BindInvokeMember(binder, args);

        // The binding holds for these types only, so nothing needs to be looked at where all are whole anyway.
        bool takesNumbers = nameof(MappedRegion.Read).Equals(binder.Name, StringComparison.OrdinalIgnoreCase)
            || nameof(MappedRegion.Write).Equals(binder.Name, StringComparison.OrdinalIgnoreCase);
        if (!takesNumbers || args.All(argument => argument.LimitType == typeof(int) || argument.LimitType == typeof(long)))
        {
            return bound;
        }

        Action<MappedRegion, object?[]> demand = MappedRegion.DemandWhole;
        Expression check = Call(demand, Expression.NewArrayInit(typeof(object), args.Select(Plain)));
        return new DynamicMetaObject(Expression.Block(check, bound.Expression), bound.Restrictions);
    }

    private static UnaryExpression Plain(DynamicMetaObject value) => Expression.Convert(value.Expression, typeof(object));

    private InvocationExpression Call(Delegate function, params Expression[] arguments) => Expression.Invoke(
        Expression.Constant(function), [Expression.Convert(Expression, typeof(MappedRegion)), .. arguments]);

    private DynamicMetaObject Bound(Expression call) =>
        new(call, BindingRestrictions.GetTypeRestriction(Expression, typeof(MappedRegion)));
}
