"""The dispersion numbers of a history by a covariance matrix for each window, as numpy does it.

Reads raw doubles: rows, names, then returns, volatilities (rows x names), weights. Every `step`-th day is
computed and the time scaled up; prints JSON with the seconds of all days and the numbers of the last one.
"""
import json
import sys
import time

import numpy as np


def portfolio(rows, exposures):
    covariance = np.cov(rows, rowvar=False)
    scale = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(scale, scale)
    return float(np.sqrt(exposures @ correlation @ exposures))


def main():
    path, step, vol_window = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    windows = [int(each) for each in sys.argv[4:]]
    raw = np.fromfile(path)
    days, names = int(raw[0]), int(raw[1])
    size = days * names
    returns = raw[2 : 2 + size].reshape(days, names)
    vols = raw[2 + size : 2 + 2 * size].reshape(days, names)
    weights = raw[2 + 2 * size :]
    seconds, last = 0.0, {}
    for window in windows:
        chosen = list(range(days - 1, window - 1, -step))[::-1]
        started = time.perf_counter()
        for day in chosen:
            part = returns[day - window + 1 : day + 1]
            realized = np.sqrt((part**2).mean(axis=0) * 252)
            implied = vols[day]
            past = vols[max(0, day - vol_window + 1) : day + 1]
            last[window] = [
                float(weights @ implied),
                float(weights @ realized),
                portfolio(part, weights * realized),
                portfolio(part, weights * implied),
                portfolio(past, weights * implied),
            ]
        seconds += (time.perf_counter() - started) * (days - window) / len(chosen)
    print(json.dumps({"seconds": seconds, "last": last, "version": np.__version__}))


main()
