/* Many data points in one call: the arithmetic of nntui/engine/arithmetic.py and iteration.py, to the same bits.

   The laws of this file:
   1. Only + - * / of double, comparison, and moving of bits. No function of libm: their last bits differ.
   2. Every sum starts at +0.0 and adds its terms one after the other, in index order. Loops may run side by side over
      the sums, never over the terms of one.
   3. Nothing is contracted, reordered or approximated: -ffp-contract=off, and never -ffast-math.
   4. Every expression is the one of the NumPy engine, operand by operand; what is not there is not here.
   The bit pattern of a NaN is left as the processor made it; the caller writes the one of the NumPy engine.

   Arrays lie as in network.py: theta holds for each layer a row of biases, then for each sender a row of weights, one for
   each neuron; a holds 1 a^0 1 a^1 ... 1 a^N, each layer after its constant; z and delta hold layers 1 to N. */

#include <stdint.h>
#include <string.h>

#define EACH(index, count) for (int64_t index = 0; index < (count); index++)

enum Activation { STEP, SIGN, SIGMOID, TANH, RELU, LEAKY_RELU, IDENTITY, SOFTMAX };
enum Cost { HALF_SQUARED_ERROR, SQUARED_ERROR, CROSS_ENTROPY };
enum Function { EXP, EXP_MINUS_ONE, LOG, LOG1P };

typedef struct { int64_t inputs, units, activation, biases; } Layer;

typedef struct {
    const Layer *layer;
    int64_t layers, cost, update_weights, update_biases;
    int64_t points, batch, average;          /* data points of an epoch, and before w changes once */
    double eta, step_slope, at_zero, momentum; /* at_zero: 1, step and sign at z = 0 take the upper value; 0, the lower */
} Network;

/* Where the numbers of each data point are written; a pointer is NULL where they are not wanted. z, a, delta: all of them.
   largest: of each layer the largest size of a weight that the data point leaves. weight: theta[watched] after it. outputs:
   a^N of the `count` data rows `seen` with the weights after it, or (at_ends) after the last data point of each epoch. */
typedef struct {
    double *costs, *z, *a, *delta, *largest, *weight, *outputs;
    const int64_t *seen;
    int64_t watched, count, at_ends;
} Record;

/* --- bits, and functions of one number (arithmetic.py tells the formulas) */

static const double INFINITE = 1.0 / 0.0, NOT_A_NUMBER = 0.0 / 0.0;
static const double INVERSE_LN2 = 0x1.71547652b82fep+0, LN2_HI = 0x1.62e42feep-1, LN2_LO = 0x1.a39ef35793c76p-33;
static const double ROUND = 0x1.8p52; /* x + ROUND - ROUND is x rounded to a whole number, half to even */

static inline uint64_t bits(double x) { uint64_t b; memcpy(&b, &x, 8); return b; }
static inline double number(uint64_t b) { double x; memcpy(&x, &b, 8); return x; }
static inline double size(double x) { return number(bits(x) & 0x7fffffffffffffff); }
static inline double with_sign(double x, double sign) { return number(bits(size(x)) | (bits(sign) & 0x8000000000000000)); }
static inline double power(uint64_t biased) { return number(biased << 52); } /* 2^(biased - 1023) */

typedef struct { double r, rest; uint64_t half, other; } Split; /* half, other: the exponents of two powers of two, 2^k in all */

static inline Split split(double x) /* x = k ln 2 + r as (r, exp(r) - 1 - r, k) */
{
    double rounded = x * INVERSE_LN2 + ROUND, k = rounded - ROUND;
    double high = x - k * LN2_HI, low = k * LN2_LO, r = high - low, error = (high - r) - low;
    double term = r, rest = 0.0;
    for (int n = 2; n <= 14; n++) { term = term * (r / n); rest = rest + term; }
    uint64_t shifted = bits(rounded) - bits(ROUND) + 2046, half = shifted >> 1; /* k + 2046, k from -1077 to 1025 */
    return (Split){r, rest + error, half, shifted - half};
}

static inline double scaled(double x, Split s) { return x * power(s.half) * power(s.other); } /* x 2^k, rounded once */

static inline double exp_of(double x)
{
    x = x < -746.0 ? -746.0 : x;
    x = x > 710.0 ? 710.0 : x;
    Split s = split(x);
    double high = s.r + 1.0;
    return scaled(high + (((1.0 - high) + s.r) + s.rest), s);
}

static inline double exp_minus_one(double x) /* for x <= 0 */
{
    x = x < -746.0 ? -746.0 : x;
    Split s = split(x);
    return scaled(s.rest + s.r, s) + (scaled(1.0, s) - 1.0);
}

static double log_of(double x)
{
    if (x == 0.0) return -INFINITE;
    if (x < 0.0) return NOT_A_NUMBER;
    if (!(x < INFINITE)) return x;
    double k = -1022.0;
    if (x < 0x1p-1022) { x = x * 0x1p54; k = k - 54.0; }
    k = k + (double)(int64_t)(bits(x) >> 52);
    double m = number((bits(x) & 0x000fffffffffffff) | 0x3fe0000000000000); /* in [1/2, 1) */
    if (m < 0x1.6a09e667f3bcdp-1) { m = m * 2.0; k = k - 1.0; }
    double f = m - 1.0, s = f / (2.0 + f), square = s * s, term = square, series = 0.0;
    for (int n = 1; n <= 12; n++) { series = series + term * (2.0 / (2 * n + 1)); term = term * square; }
    double half_square = 0.5 * (f * f), correction = s * (half_square + series) + k * LN2_LO;
    return k * LN2_HI - ((half_square - correction) - f);
}

static double log1p_of(double x)
{
    double u = 1.0 + x;
    return u == 1.0 || u == INFINITE ? x : x * (log_of(u) / (u - 1.0));
}

void nntui_function(int64_t function, const double *x, double *result, int64_t count) /* for tests */
{
    EACH(i, count)
        result[i] = function == EXP ? exp_of(x[i]) : function == EXP_MINUS_ONE ? exp_minus_one(x[i])
                  : function == LOG ? log_of(x[i]) : log1p_of(x[i]);
}

/* --- sigma, its slope, C (activations.py, costs.py) */

static double largest(const double *z, int64_t units) /* nan where one of them is */
{
    double most = z[0];
    EACH(k, units) if (z[k] > most || z[k] != z[k]) most = z[k];
    return most;
}

static double softmax(const double *z, double *a, int64_t units) /* the sum of the exp(z_k - max z) */
{
    double most = largest(z, units), sum = 0.0;
    EACH(k, units) { a[k] = exp_of(z[k] - most); sum = sum + a[k]; }
    EACH(k, units) a[k] = a[k] / sum;
    return sum;
}

static inline double jump(double z, double low, double at_zero) /* 1 above 0, low below */
{
    double zero = at_zero != 0.0 ? 1.0 : low;
    return z > 0.0 ? 1.0 : z < 0.0 ? low : z == 0.0 ? zero : z;
}

static void activate(const Network *net, const Layer *layer, const double *restrict z, double *restrict a)
{
    int64_t units = layer->units;
    switch (layer->activation) {
    case STEP: EACH(k, units) a[k] = jump(z[k], 0.0, net->at_zero); break;
    case SIGN: EACH(k, units) a[k] = jump(z[k], -1.0, net->at_zero); break;
    case SIGMOID: EACH(k, units) { double e = exp_of(-size(z[k])); a[k] = (z[k] >= 0.0 ? 1.0 : e) / (e + 1.0); } break;
    case TANH: EACH(k, units) { double t = exp_minus_one(-2.0 * size(z[k])); a[k] = with_sign(-t / (2.0 + t), z[k]); } break;
    case RELU: EACH(k, units) a[k] = z[k] <= 0.0 ? 0.0 : z[k]; break;
    case LEAKY_RELU: EACH(k, units) a[k] = z[k] <= 0.0 ? 0.01 * z[k] : z[k]; break;
    case IDENTITY: EACH(k, units) a[k] = z[k]; break;
    case SOFTMAX: softmax(z, a, units); break;
    }
}

static inline double slope(const Network *net, const Layer *layer, double z, double a)
{
    switch (layer->activation) {
    case STEP: case SIGN: return z == z ? net->step_slope : z;
    case SIGMOID: return a * (1.0 - a);
    case TANH: return 1.0 - a * a;
    case RELU: return z > 0.0 ? 1.0 : z <= 0.0 ? 0.0 : z;
    case LEAKY_RELU: return z > 0.0 ? 1.0 : z <= 0.0 ? 0.01 : z;
    default: return z == z ? 1.0 : z;
    }
}

static double cost(const Network *net, const double *z, const double *a, const double *y, double *scratch)
{
    const Layer *last = net->layer + net->layers - 1;
    double sum = 0.0;
    if (net->cost != CROSS_ENTROPY) {
        EACH(k, last->units) { double d = a[k] - y[k]; sum = sum + d * d; }
        return net->cost == HALF_SQUARED_ERROR ? 0.5 * sum : sum;
    }
    if (last->activation == SOFTMAX) {
        double most = largest(z, last->units), log_sum = most + log_of(softmax(z, scratch, last->units));
        EACH(k, last->units) if (y[k] != 0.0) sum = sum + y[k] * (log_sum - z[k]);
        return sum;
    }
    EACH(k, last->units) {
        double above = z[k] <= 0.0 ? 0.0 : z[k];
        sum = sum + ((above - z[k] * y[k]) + log1p_of(exp_of(-size(z[k]))));
    }
    return sum;
}

/* --- one data point (iteration.py) */

static void forward(const Network *net, const double *theta, const double *x, double *z, double *a)
{
    a[0] = 1.0;
    memcpy(a + 1, x, (size_t)net->layer[0].inputs * sizeof *a);
    EACH(l, net->layers) { /* (4), the bias last, and (5) */
        const Layer *layer = net->layer + l;
        int64_t inputs = layer->inputs, units = layer->units, j = 0;
        const double *restrict w = theta + units, *restrict sent = a + 1;
        double *restrict sums = z;
        EACH(k, units) sums[k] = 0.0;
        for (; j + 4 <= inputs; j += 4, w += 4 * units)
            EACH(k, units)
                sums[k] = sums[k] + w[k] * sent[j] + w[units + k] * sent[j + 1] + w[2 * units + k] * sent[j + 2]
                        + w[3 * units + k] * sent[j + 3];
        for (; j < inputs; j++, w += units) EACH(k, units) sums[k] = sums[k] + w[k] * sent[j];
        if (layer->biases) EACH(k, units) sums[k] = sums[k] + theta[k];
        a += inputs + 1;
        a[0] = 1.0;
        activate(net, layer, z, a + 1);
        theta += (inputs + 1) * units;
        z += units;
    }
}

static void backward(const Network *net, const double *theta, const double *z, const double *a, const double *y,
                     double *delta)
{
    const Layer *layer = net->layer + net->layers - 1; /* theta, z, a, delta: behind the last layer */
    z -= layer->units, a -= layer->units, delta -= layer->units, theta -= (layer->inputs + 1) * layer->units;
    EACH(k, layer->units) { /* (12) */
        double d = a[k] - y[k];
        if (net->cost == CROSS_ENTROPY) delta[k] = d;
        else delta[k] = (net->cost == HALF_SQUARED_ERROR ? d : 2.0 * d) * slope(net, layer, z[k], a[k]);
    }
    while (layer != net->layer) { /* (14), sigma' taken out of the sum */
        layer--;
        int64_t units = layer->units, above = layer[1].units;
        const double *upper = delta, *w = theta + above;
        z -= units, a -= units + 1, delta -= units, theta -= (layer->inputs + 1) * units;
        EACH(k, units) {
            double sum = 0.0;
            EACH(m, above) sum = sum + w[k * above + m] * upper[m];
            delta[k] = sum * slope(net, layer, z[k], a[k]);
        }
    }
}

typedef struct { double *theta, *sum, *velocity; } State; /* w, G, v; sum and velocity may be NULL where nothing adds to them */
typedef struct { int batched, first, closes; double count; } Turn; /* the place of a data point in its batch */

static int changed(const Network *net, Turn turn, State at, const double *restrict a, const double *restrict delta,
                   int64_t inputs, int64_t units, int64_t row)
{ /* The rows of a layer from `row` on, with G and v; whether a number made here is not finite. */
    int bad = 0;
    for (int64_t j = row; j <= inputs; j++) EACH(k, units) {
        int64_t i = j * units + k;
        double g = a[j] * delta[k];
        if (turn.batched) g = at.sum[i] = (turn.first ? 0.0 : at.sum[i]) + g;
        bad |= !(size(g) < INFINITE);
        if (!turn.closes || !(j ? net->update_weights : net->update_biases)) continue;
        if (net->average && turn.count > 1.0) g = g / turn.count;
        if (net->momentum != 0.0) at.velocity[i] = net->momentum * at.velocity[i] - g * net->eta;
        at.theta[i] = net->momentum != 0.0 ? at.theta[i] + at.velocity[i] : at.theta[i] - g * net->eta;
        bad |= !(size(at.theta[i]) < INFINITE);
    }
    return bad;
}

static int update(const Network *net, Turn turn, State at, const double *a, const double *delta) /* (15), (11) */
{
    int bad = 0;
    EACH(l, net->layers) {
        int64_t inputs = net->layer[l].inputs, units = net->layer[l].units, row = net->layer[l].biases ? 0 : 1;
        if (turn.batched || net->momentum != 0.0) {
            bad |= changed(net, turn, at, a, delta, inputs, units, row);
            at.sum += turn.batched ? (inputs + 1) * units : 0;
            at.velocity += net->momentum != 0.0 ? (inputs + 1) * units : 0;
        } else {
            double eta = net->eta;
            for (int64_t j = row; j <= inputs; j++) {
                double *restrict w = at.theta + j * units;
                const double *restrict d = delta;
                double sent = a[j];
                if (j ? net->update_weights : net->update_biases) EACH(k, units) w[k] = w[k] - (sent * d[k]) * eta;
            }
        }
        at.theta += (inputs + 1) * units, a += inputs + 1, delta += units;
    }
    return bad;
}

static int may_be_wild(const double *x, int64_t count, double bound)
{
    int wild = 0;
    EACH(i, count) wild |= !(size(x[i]) < bound);
    return wild;
}

static void weigh(const Network *net, const double *theta, double *result) /* the largest size of a weight of each layer */
{
    EACH(l, net->layers) {
        int64_t units = net->layer[l].units, count = (net->layer[l].inputs + 1) * units;
        double most = 0.0;
        for (int64_t i = net->layer[l].biases ? 0 : units; i < count; i++)
            if (size(theta[i]) > most || theta[i] != theta[i]) most = size(theta[i]);
        *result++ = most;
        theta += count;
    }
}

static void measure(const Network *net, int64_t *neurons, int64_t *signals, int64_t *parameters) /* lengths of z, a, theta */
{
    *neurons = 0, *signals = 1 + net->layer[0].inputs, *parameters = 0;
    EACH(l, net->layers) {
        *neurons += net->layer[l].units, *signals += net->layer[l].units + 1;
        *parameters += (net->layer[l].inputs + 1) * net->layer[l].units;
    }
}

/* a^N of count rows of x, with the same weights for all. scratch: room for z and a. */
void nntui_outputs(const Network *net, const double *theta, const double *x, const int64_t *rows, int64_t count,
                   double *scratch, double *result)
{
    int64_t neurons, signals, parameters, outputs = net->layer[net->layers - 1].units;
    measure(net, &neurons, &signals, &parameters);
    EACH(i, count) {
        forward(net, theta, x + rows[i] * net->layer[0].inputs, scratch, scratch + neurons);
        memcpy(result + i * outputs, scratch + neurons + signals - outputs, (size_t)outputs * sizeof *result);
    }
}

/* Goes through count data points: rows of x and y, `point` the place in its epoch of the first. The state is changed in
   place. scratch: room for z, a and delta of one data point, and for z and a once more. Returns the number of the first data
   point that may have made inf or nan (a z or C that is not finite, an a or delta of 2^511 or more, whose product may not
   be), or count where none did. That a weight is not finite shows in the next data point at the latest, or to the caller. */
int64_t nntui_fold(const Network *net, double *theta, double *sum, double *velocity, const double *x, const double *y,
                   const int64_t *rows, int64_t count, int64_t point, double *scratch, const Record *record)
{
    int64_t neurons, signals, parameters, wild = count;
    measure(net, &neurons, &signals, &parameters);
    int64_t inputs = net->layer[0].inputs, outputs = net->layer[net->layers - 1].units;
    int64_t batch = net->batch < net->points ? net->batch : net->points;
    double *other = scratch + 2 * neurons + signals, *seen = record->outputs;
    EACH(i, count) {
        double *z = record->z ? record->z + i * neurons : scratch;
        double *a = record->a ? record->a + i * signals : scratch + neurons;
        double *delta = record->delta ? record->delta + i * neurons : scratch + neurons + signals;
        const double *wanted = y + rows[i] * outputs;
        int64_t begun = point % batch;
        Turn turn = {batch != 1, begun == 0, begun + 1 == batch || point + 1 == net->points, (double)(begun + 1)};
        forward(net, theta, x + rows[i] * inputs, z, a);
        record->costs[i] = cost(net, z + neurons - outputs, a + signals - outputs, wanted, other);
        backward(net, theta + parameters, z + neurons, a + signals, wanted, delta + neurons);
        int bad = update(net, turn, (State){theta, sum, velocity}, a, delta) | may_be_wild(record->costs + i, 1, INFINITE);
        bad |= may_be_wild(z, neurons, INFINITE) | may_be_wild(a, signals, 0x1p511) | may_be_wild(delta, neurons, 0x1p511);
        if (bad && wild == count) wild = i;
        point = point + 1 == net->points ? 0 : point + 1;
        if (record->largest) weigh(net, theta, record->largest + i * net->layers);
        if (record->weight) record->weight[i] = theta[record->watched];
        if (record->outputs && (!record->at_ends || point == 0)) {
            nntui_outputs(net, theta, x, record->seen, record->count, other, seen);
            seen += record->count * outputs;
        }
    }
    return wild;
}
