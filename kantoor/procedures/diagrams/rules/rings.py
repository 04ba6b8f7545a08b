"""Two walks through a graph: what can be reached, and the parts that go round."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

Graph = Mapping[str, Sequence[str]]


def spread(begin: Iterable[str], following: Graph) -> set[str]:
    """Everything that can be reached, with where it begins."""
    seen = set(begin)
    queue = deque(seen)
    while queue:
        for each in following.get(queue.popleft(), ()):
            if each not in seen:
                seen.add(each)
                queue.append(each)
    return seen


def rings(graph: Graph) -> list[list[str]]:
    """The strongly connected parts that have a way round."""
    return [
        part for part in _Parts(graph).found if len(part) > 1 or part[0] in graph.get(part[0], ())
    ]


class _Parts:
    """Tarjan's walk for strongly connected parts, without recursion: a diagram may be long."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.number: dict[str, int] = {}
        self.low: dict[str, int] = {}
        self.open: list[str] = []
        self.is_open: set[str] = set()
        self.found: list[list[str]] = []
        for point in graph:
            if point not in self.number:
                self._walk(point)

    def _walk(self, root: str) -> None:
        work = [(root, self._enter(root))]
        while work:
            point, following = work[-1]
            for each in following:
                if each not in self.number:
                    work.append((each, self._enter(each)))
                    break
                if each in self.is_open:
                    self.low[point] = min(self.low[point], self.number[each])
            else:
                work.pop()
                if work:
                    before = work[-1][0]
                    self.low[before] = min(self.low[before], self.low[point])
                if self.low[point] == self.number[point]:
                    self._close(point)

    def _enter(self, point: str) -> Iterator[str]:
        self.number[point] = self.low[point] = len(self.number)
        self.open.append(point)
        self.is_open.add(point)
        return iter(self.graph.get(point, ()))

    def _close(self, point: str) -> None:
        start = self.open.index(point)
        part, self.open[start:] = self.open[start:], []
        self.is_open.difference_update(part)
        self.found.append(part)
