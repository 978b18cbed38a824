// Shows a run while it runs. Without this script the page reloads itself.
"use strict";
const state = document.getElementById("stand");
const requests = document.getElementById("anfragen");
if (state) {
  const source = new EventSource(state.dataset.events);
  source.addEventListener("stand", (event) => { state.innerHTML = event.data; });
  source.addEventListener("anfragen", (event) => { requests.textContent = event.data; });
  source.addEventListener("ende", () => { source.close(); location.reload(); });
}
