// Declarations that stand in for a library which the tests cannot reference: just what the catalogue names.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Refit
{
    public class GetAttribute : HttpMethodAttribute;

    public class HeadAttribute : HttpMethodAttribute;

    public class HttpMethodAttribute : System.Attribute;
}
