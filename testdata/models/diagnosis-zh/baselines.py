"""What the network is measured against: the commonest diagnosis, the nearest cases and logistic regression."""
import numpy as np
import torch


def signs(values):
    """[N, F] of 1 said, 0 denied, NaN not mentioned -> [N, F] of 1, -1 and 0."""
    return np.where(np.isnan(values), 0.0, 2.0 * values - 1.0).astype(np.float32)


class Majority:
    """The shares of the training rows, for everybody."""

    def fit(self, values, truth, classes: int, _inner):
        self.shares = np.bincount(truth, minlength=classes) / len(truth)
        return self

    def probabilities(self, values):
        return np.tile(self.shares, (len(values), 1))


class NearestNeighbours:
    """The shares among the k nearest training rows by cosine; k by inner cross-validation."""

    GRID = (1, 5, 15, 30)

    def fit(self, values, truth, classes: int, inner):
        self.rows, self.truth, self.classes = unit(signs(values)), truth, classes
        scores = {k: [] for k in self.GRID}
        for train, test in inner:
            for k in self.GRID:
                p = self.votes(unit(signs(values[test])), self.rows[train], truth[train], k)
                scores[k].append((p.argmax(1) == truth[test]).mean())
        self.k = max(self.GRID, key=lambda k: np.mean(scores[k]))
        return self

    def votes(self, rows, training, truth, k: int):
        # The prior as a small part of a vote, so that ties and empty places have an order.
        prior = np.bincount(truth, minlength=self.classes) / len(truth)
        similar = rows @ training.T
        nearest = np.argsort(-similar, axis=1, kind="stable")[:, :k]
        one_hot = np.eye(self.classes)[truth]
        return (one_hot[nearest].sum(1) + 0.1 * prior) / (k + 0.1)

    def probabilities(self, values):
        return self.votes(unit(signs(values)), self.rows, self.truth, self.k)


class LogisticRegression:
    """Multinomial, on said and denied apart, with an L2 penalty by inner cross-validation."""

    GRID = (0.0003, 0.001, 0.003, 0.01)

    def fit(self, values, truth, classes: int, inner):
        losses = {penalty: [] for penalty in self.GRID}
        for train, test in inner:
            for penalty in self.GRID:
                weights = self.line(values[train], truth[train], classes, penalty)
                p = softmax(features(values[test]) @ weights)
                losses[penalty].append(-np.log(p[np.arange(len(test)), truth[test]]).mean())
        self.penalty = min(self.GRID, key=lambda penalty: np.mean(losses[penalty]))
        self.weights = self.line(values, truth, classes, self.penalty)
        return self

    @staticmethod
    def line(values, truth, classes: int, penalty: float):
        x, y = torch.as_tensor(features(values)), torch.as_tensor(truth)
        w = torch.zeros(x.shape[1], classes, dtype=torch.float64, requires_grad=True)
        optimiser = torch.optim.LBFGS([w], max_iter=200, line_search_fn="strong_wolfe")

        def closure():
            optimiser.zero_grad()
            loss = torch.nn.functional.cross_entropy(x @ w, y) + penalty * (w[:-1] ** 2).sum()
            loss.backward()
            return loss

        optimiser.step(closure)
        return w.detach().numpy()

    def probabilities(self, values):
        return softmax(features(values) @ self.weights)


def features(values):
    """[N, F] -> float64 [N, 2 F + 1]: said, denied, and 1."""
    return np.concatenate([values == 1, values == 0, np.ones((len(values), 1))], axis=1).astype(np.float64)


def softmax(x):
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def unit(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
