// A page about something that waits: asks the same page again until its state says that it is decided.
"use strict";
(() => {
  const PAUSE = 2000;
  const again = async () => {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      if (answer.status >= 500) {
        throw new Error("The server is away for a moment.");
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.getElementById("stand");
      const was = document.getElementById("stand");
      if (!answer.ok || !now || !("open" in now.dataset)) {
        location.reload();
        return;
      }
      if (now.textContent !== was.textContent) {
        was.replaceChildren(...now.childNodes);
      }
    } catch {
      // Neither the network nor the server stays away for long.
    }
    setTimeout(again, PAUSE);
  };
  setTimeout(again, PAUSE);
})();
