// Declarations that stand in for a library which the tests cannot reference: just what the catalogue names.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Microsoft.ML.OnnxRuntime
{
    public class InferenceSession
    {
        public InferenceSession(string model) => throw null!;
        public object Run(object key) => throw null!;
        public object RunWithBinding(object key) => throw null!;
        public object RunWithBindingAndNames(object key) => throw null!;
    }
}

namespace Microsoft.ML
{
    public class PredictionEngineBase<TFrom, TTo>
    {
        public TTo Predict(TFrom example) => throw null!;
    }

    public interface IEstimator<out T>
    {
        T Fit(object input);
    }

    public class ModelOperationsCatalog
    {
        public object Load(object key) => throw null!;
    }
}
