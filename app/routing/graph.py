"""Shortest-path trees over a subset of a network's edges, computed by scipy."""

from dataclasses import dataclass

from app.later import csgraph, np, sparse
from app.routing.estimates import Floats
from app.routing.network import Ints


@dataclass(frozen=True, slots=True)
class Graph:
    """Edges in the compressed sparse row format of scipy; of parallel edges, only the lightest."""

    size: int
    tail: Ints
    head: Ints
    weight: Floats
    edge: Ints
    """The index of each edge in the network."""

    @classmethod
    def of(cls, size: int, tail: Ints, head: Ints, weight: Floats, edge: Ints) -> "Graph":
        """Return the graph of these edges with `size` nodes."""
        order = np.lexsort((weight, head, tail))
        tail, head, weight, edge = tail[order], head[order], weight[order], edge[order]
        first = np.ones(len(tail), dtype=np.bool_)
        first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
        return cls(size, tail[first], head[first], np.maximum(weight[first], 1e-3), edge[first])

    def from_each(self, sources: Ints) -> tuple[Floats, Ints]:
        """Return distances from each source to every node, and the predecessor of each node (-9999 for none)."""
        start = np.searchsorted(self.tail, np.arange(self.size + 1)).astype(np.int32)
        matrix = sparse.csr_array((self.weight, self.head, start), shape=(self.size, self.size))
        distance, before = csgraph.dijkstra(matrix, directed=True, indices=sources, return_predecessors=True)
        return np.asarray(distance), np.asarray(before, dtype=np.int32)

    def between(self, tail: int, head: int) -> int:
        """Return the network's index of the edge between two nodes."""
        low = int(self.tail.searchsorted(tail))
        high = int(self.tail.searchsorted(tail, "right"))
        return int(self.edge[low + self.head[low:high].searchsorted(head)])

    def reversed(self) -> "Graph":
        """Return the graph with all edges reversed: a tree in it leads from every node to its root."""
        return Graph.of(self.size, self.head, self.tail, self.weight, self.edge)
