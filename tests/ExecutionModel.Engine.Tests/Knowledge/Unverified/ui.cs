// Declarations that stand in for a library which the tests cannot reference: just what the catalogue names.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace System.Windows
{
    public class DependencyObject;

    public class Application;
}

namespace System.Windows.Forms
{
    public class Control;

    public class ApplicationContext;
}

namespace Microsoft.UI.Xaml
{
    public class DependencyObject;

    public class Application;
}

namespace Windows.UI.Xaml
{
    public class DependencyObject;
}

namespace Microsoft.Maui.Controls
{
    public class BindableObject;
}

namespace Xamarin.Forms
{
    public class BindableObject;
}

namespace Avalonia
{
    public class AvaloniaObject;
}

namespace Avalonia.Platform
{
    public static class AssetLoader
    {
        public static System.IO.Stream Open(System.Uri uri, System.Uri? baseUri = null) => throw null!;
    }
}

namespace Android.App
{
    public class Activity;
}

namespace UIKit
{
    public class UIResponder;
}

namespace CommunityToolkit.Mvvm.ComponentModel
{
    public class ObservableObject;
}

namespace CommunityToolkit.Mvvm.Input
{
    public class RelayCommandAttribute : System.Attribute;
}

namespace ReactiveUI
{
    public class ReactiveObject;
}

namespace Prism.Mvvm
{
    public class BindableBase;
}

namespace Caliburn.Micro
{
    public class PropertyChangedBase;
}

namespace GalaSoft.MvvmLight
{
    public class ObservableObject;
}

namespace Microsoft.AspNetCore.Components.WebAssembly.Hosting
{
    public class WebAssemblyHost;
}
