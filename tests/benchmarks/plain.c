/* The lecture's network as one writes it down in C: sigmoids, 1/2 sum of squares, loops, and exp of libm.
   points(count, layers, sizes, weights, x, y, eta): weights of each layer as rows of a neuron, its bias first. */

#include <math.h>
#include <stdlib.h>

double points(long count, int layers, const int *sizes, double *weights, const double *x, const double *y, double eta)
{
    int signals = 0;
    for (int l = 0; l <= layers; l++) signals += sizes[l];
    double *a = malloc(sizeof *a * signals), *delta = malloc(sizeof *delta * signals), cost = 0.0;
    for (int j = 0; j < sizes[0]; j++) a[j] = x[j];
    for (long n = 0; n < count; n++) {
        double *w = weights, *from = a, *to = a + sizes[0];
        for (int l = 1; l <= layers; l++) {
            for (int k = 0; k < sizes[l]; k++) {
                double z = *w++;
                for (int j = 0; j < sizes[l - 1]; j++) z += *w++ * from[j];
                to[k] = 1.0 / (1.0 + exp(-z));
            }
            from = to, to += sizes[l];
        }
        double *d = delta + signals - sizes[layers];
        cost = 0.0;
        for (int k = 0; k < sizes[layers]; k++) {
            double e = from[k] - y[k];
            cost += 0.5 * e * e;
            d[k] = e * from[k] * (1.0 - from[k]);
        }
        for (int l = layers; l >= 1; l--) {
            int units = sizes[l], inputs = sizes[l - 1];
            double *below = d - inputs;
            w -= units * (inputs + 1);
            from -= inputs;
            for (int j = 0; j < inputs; j++) below[j] = 0.0;
            for (int k = 0; k < units; k++) {
                double *row = w + k * (inputs + 1) + 1;
                if (l > 1) for (int j = 0; j < inputs; j++) below[j] += d[k] * row[j];
                for (int j = 0; j < inputs; j++) row[j] -= eta * d[k] * from[j];
                row[-1] -= eta * d[k];
            }
            if (l > 1) for (int j = 0; j < inputs; j++) below[j] *= from[j] * (1.0 - from[j]);
            d = below;
        }
    }
    free(a);
    free(delta);
    return cost;
}
