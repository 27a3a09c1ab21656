/** Every score of `calibrationScores` from logits in numpy, without a loop over windows. */

/** Its arguments are a file of logits and labels, windows, classes; a line of input asks once for all scores. */
export const calibrationNumpy = `
import json, sys, time
import numpy as np
file, windows, classes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
logits = np.fromfile(file, np.float64, windows * classes).reshape(windows, classes)
labels = np.fromfile(file, np.int32, windows, offset=8 * windows * classes).astype(np.int64)
bins = 15

def equal_mass_starts():
    sizes = np.full(bins, windows // bins)
    sizes[: windows % bins] += 1
    return sizes, np.concatenate([[0], np.cumsum(sizes)[:-1]])

def scores():
    p = np.exp(logits - logits.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    predicted = p.argmax(1)
    row = np.arange(windows)
    confidence, truth = p[row, predicted], p[row, labels]
    right = (predicted == labels).astype(np.float64)
    # equal width
    place = np.ceil(confidence * bins).astype(np.int64) - 1
    n = np.bincount(place, minlength=bins)
    full = n > 0
    gap = np.abs(np.bincount(place, right, bins) - np.bincount(place, confidence, bins))[full]
    # equal mass, and risk against coverage from the same order
    sizes, starts = equal_mass_starts()
    order = np.argsort(confidence)
    hit = right[order]
    hits, sure = np.add.reduceat(hit, starts), np.add.reduceat(confidence[order], starts)
    share = hits / sizes
    debiased = ((share - sure / sizes) ** 2 - share * (1 - share) / (sizes - 1)) @ sizes / windows
    errors = np.cumsum(1 - hit[::-1])
    aurc = (errors / np.arange(1, windows + 1)).sum()
    wrong = int(errors[-1])
    best = (np.arange(1, wrong + 1) / np.arange(windows - wrong + 1, windows + 1)).sum()
    # each class against all others, in bins of equal width
    cell = (np.ceil(p * bins).astype(np.int64) - 1 + bins * np.arange(classes)).ravel()
    shape = (classes, bins)
    count = np.bincount(cell, minlength=classes * bins).reshape(shape)
    promised = np.bincount(cell, p.ravel(), classes * bins).reshape(shape)
    came = np.bincount(cell.reshape(windows, classes)[row, labels], minlength=classes * bins).reshape(shape)
    base = came.sum(1, keepdims=True) / windows
    some = np.maximum(count, 1)
    # ... and of equally many windows
    adaptive = []
    for k in range(classes):
        column = p[:, k].copy()
        order = np.argsort(column)
        is_k = (labels == k)[order].astype(np.float64)
        adaptive.append(np.mean(np.abs(np.add.reduceat(is_k, starts) - np.add.reduceat(column[order], starts)) / sizes))
    entropy = -(p * np.log(p)).sum() / windows
    told = {
        "windows": windows, "accuracy": right.mean(), "confidence": confidence.mean(), "logLoss": -np.log(truth).mean(),
        "brier": ((p * p).sum() - 2 * truth.sum()) / windows + 1,
        "brierReliability": (count / windows * (promised / some - came / some) ** 2).sum(),
        "brierResolution": (count / windows * (came / some - base) ** 2).sum(),
        "brierUncertainty": (base * (1 - base)).sum(),
        "ece": gap.sum() / windows, "eceEqualMass": np.abs(hits - sure).sum() / windows,
        "eceDebiased": max(0.0, debiased) ** 0.5, "mce": (gap / n[full]).max(), "ace": (gap / n[full]).mean(),
        "eceClasswise": (np.abs(came - promised).sum(1) / windows).mean(), "aceClasswise": np.mean(adaptive),
        "sharpness": 1 - entropy / np.log(classes), "aurc": aurc / windows, "excessAurc": (aurc - best) / windows,
    }
    return {name: float(value) for name, value in told.items()}

for line in sys.stdin:
    start, busy = time.perf_counter(), time.process_time()
    told = scores()
    took, worked = time.perf_counter() - start, time.process_time() - busy
    print(json.dumps({"milliseconds": took * 1000, "processor": worked * 1000, "scores": told}), flush=True)
`;
