"""Write down what has to run of a page."""

from worked.builds.cached import CachedPage, KnownStep
from worked.page import Value
from worked.protocol.messages import Job, RunOptions, Task, ValueTask
from worked.settings import Settings


def make_job(known: CachedPage, settings: Settings) -> Job:
    """Write down what has to run: every step up to the last stale one, drawing only what is new.

    Values that are known run again too: they may have changed what the cells below them gave.
    """
    page = known.page
    names = sorted({name for cell in page.cells for name in cell.options.files})
    return Job(
        page.name,
        tuple(_task(step, settings) for step in known.steps[: known.stale + 1]),
        packages=settings.packages,
        files=tuple((name, str(settings.root / name)) for name in names),
        scratch="",
        modules=known.imports.modules,
        timeout=settings.page_timeout,
    )


def _task(known: KnownStep, settings: Settings) -> Task:
    cell = known.step.cell
    return Task(
        code=cell.code if cell else "",
        line=cell.line if cell else 1,
        show=known.result is None,
        options=cell.options.run if cell else RunOptions(output=False),
        timeout=(cell.options.timeout if cell else None) or settings.timeout,
        values=_asked(known.step.values),
        exports=known.exported if known.exports is None else (),
        export_line=cell.option_line("export") if cell else 1,
        framed=_asked(known.step.framed),
        arrays_line=cell.option_line("arrays") if cell else 1,
        variants=known.variants,
    )


def _asked(values: tuple[Value, ...]) -> tuple[ValueTask, ...]:
    return tuple((value.expression, value.spec, value.line, value.tex) for value in values)
