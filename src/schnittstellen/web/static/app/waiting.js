// A page about something that waits: asks the same page again until its state says that it is decided.
"use strict";
(() => {
  const PAUSE = 2000;
  const again = async () => {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
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
      // The network is away for a moment.
    }
    setTimeout(again, PAUSE);
  };
  setTimeout(again, PAUSE);
})();
