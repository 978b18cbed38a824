"""Carrying out a test beside the request that asked for it, so that whoever asked may leave and come back."""

import logging
import os
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

from schnittstellen.catalogue.services.trying import passing
from schnittstellen.catalogue.services.trying.faults import BROKE
from schnittstellen.catalogue.services.trying.judging import Handed, Judged, judge
from schnittstellen.catalogue.services.trying.slots import slot
from schnittstellen.domain.errors import SchnittstellenError

log = logging.getLogger(__name__)


def start(handed: Handed, suite: str | None, folder: Path, most: int) -> str:
    """Begin to judge, and take `handed`; returns the key of the outcome. Raises `SchnittstellenError` (F431)."""
    with ExitStack() as held:
        held.enter_context(handed.file)
        held.enter_context(slot(folder, most))
        key, run = passing.opened(folder)
        held.callback(os.close, run)
        if handed.text:
            passing.remember(folder, key, passing.Typed(handed.text, suite or ""))

        def carry_out(mine: ExitStack) -> None:
            with mine:
                passing.ended(folder, key, _outcome(handed, suite, run))

        Thread(target=carry_out, args=(held.pop_all(),), name=f"test-{run}", daemon=True).start()
    return key


def _outcome(handed: Handed, suite: str | None, run: int) -> Judged | SchnittstellenError:
    try:
        return judge(handed, suite, run)
    except SchnittstellenError as error:
        return error
    except Exception as error:
        log.error("a test on the page ended with %s", type(error).__name__)  # no trace: it could quote the message
        return SchnittstellenError(BROKE)
