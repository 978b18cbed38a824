"""Asks a catalogue for one page: `python tools/ask_once.py PAGE TEXT`; exit status 1 where the text is not there."""

import re
import subprocess
import sys
import urllib.request


def main(page: str, text: str) -> int:
    """Serve on a free port until the page was answered."""
    command = ["schnittstellen", "serve", "--port", "0", "--workers", "1", "--no-work"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        found = re.search(r"http://\S+", server.stdout.readline() if server.stdout else "")
        if found is None:
            return 1
        with urllib.request.urlopen(f"{found[0]}{page}", timeout=60) as answer:  # noqa: S310
            there = text in answer.read().decode()
        print(f"{found[0]}{page}: {text if there else 'nicht wie erwartet'}")
        return 0 if there else 1
    finally:
        server.terminate()
        server.wait(60)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
