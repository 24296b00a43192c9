using System;
using System.Dynamic;
using System.Linq.Expressions;

namespace MmapPS.Regions;

/// <summary>
/// Binds <c>$region[i]</c> for scripts. PowerShell's own binding of an indexer turns every exception of its getter into
/// $null outside of strict mode; a page that cannot be read must be an error always.
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
        Expression call = Expression.Invoke(
            Expression.Constant(get),
            Expression.Convert(Expression, typeof(MappedRegion)),
            Expression.Convert(indexes[0].Expression, typeof(object)));
        return new DynamicMetaObject(
            Expression.Convert(call, binder.ReturnType),
            BindingRestrictions.GetTypeRestriction(Expression, typeof(MappedRegion)));
    }
}
