"""import-linter contracts that hold for the folders that exist, so that a house can grow."""

from fnmatch import fnmatch

from grimp import ImportGraph, Layer
from importlinter import Contract, ContractCheck, fields, output


class LayersWherePresent(Contract):
    """Higher layers import lower ones, never the reverse; modules beside each other never at all.

    Like import-linter's own `layers`, but a layer or container may be missing, and a container
    may end in `*`.
    """

    containers: list[str] = fields.ListField(subfield=fields.StringField())  # type: ignore[assignment]
    layers: list[str] = fields.ListField(subfield=fields.StringField())  # type: ignore[assignment]

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Every chain of imports that climbs."""
        layers = [Layer(*names.split(" | "), independent=True) for names in self.layers]
        faults = graph.find_illegal_dependencies_for_layers(
            layers=layers, containers=set(self._present(graph))
        )
        chains = sorted(
            f"{fault.importer} reaches {fault.imported}: {' -> '.join(min(_chains(fault)))}"
            for fault in faults
        )
        return ContractCheck(kept=not chains, metadata={"lines": chains})

    def _present(self, graph: ImportGraph) -> list[str]:
        return [
            module
            for module in graph.modules
            for pattern in self.containers
            if fnmatch(module, pattern) and module.count(".") == pattern.count(".")
        ]

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line a chain."""
        output.print_error("\n".join(check.metadata["lines"]), bold=False)


def _chains(fault: object) -> list[list[str]]:
    """The shortest ways from the one module to the other, by their direct imports."""
    return [
        [sorted(route.heads)[0], *route.middle, sorted(route.tails)[0]]
        for route in fault.routes  # type: ignore[attr-defined]
    ]


class PublicDoors(Contract):
    """A department imports another only through the modules that are its doors."""

    departments: str = fields.StringField()  # type: ignore[assignment]
    doors: list[str] = fields.ListField(subfield=fields.StringField())  # type: ignore[assignment]

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Every direct import that goes round a door."""
        departments = graph.find_children(self.departments) if self._exists(graph) else set()
        lines = [
            f"{importer} imports {imported}"
            for department in departments
            for importer in {department, *graph.find_descendants(department)}
            for imported in graph.find_modules_directly_imported_by(importer)
            if self._goes_round(department, imported)
        ]
        return ContractCheck(kept=not lines, metadata={"lines": sorted(lines)})

    def _exists(self, graph: ImportGraph) -> bool:
        return self.departments in graph.modules

    def _goes_round(self, department: str, imported: str) -> bool:
        inside = imported.removeprefix(f"{self.departments}.")
        own = imported == department or imported.startswith(f"{department}.")
        if inside == imported or own:
            return False
        return inside.partition(".")[2].partition(".")[0] not in self.doors

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line an import."""
        output.print_error("\n".join(check.metadata["lines"]), bold=False)
