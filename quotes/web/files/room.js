"use strict";
// All that the pages can't do by themselves: names while they are typed, the words that explain a quote
// without loading the page again, and the keys of the review. Everything works without it.

// An article: a click on a quote shows its note, its words of saying and its mention.
function pick(id) {
  for (const one of document.querySelectorAll(".picked, .cue-on, .mention-on")) {
    one.classList.remove("picked", "cue-on", "mention-on");
  }
  const among = (list) => (list || "").split(" ").includes(id);
  for (const one of document.querySelectorAll(".text [data-quote]")) {
    if (one.dataset.quote === id) one.classList.add("picked");
  }
  for (const one of document.querySelectorAll(".text .clue")) {
    one.classList.toggle("cue-on", among(one.dataset.cue));
    one.classList.toggle("mention-on", among(one.dataset.mention));
  }
  const note = document.getElementById("note-" + id);
  if (note) {
    note.classList.add("picked");
    const details = note.querySelector("details");
    if (details) details.open = true;
    explain(note.querySelector("a[data-clues]"));
  }
}

// The clues that decided stand on a page of their own; here they come into the note.
async function explain(link) {
  if (!link || link.dataset.asked) return;
  link.dataset.asked = "yes";
  const answer = await fetch(link.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const clues = page.querySelector("[data-clues-found]");
  if (!clues) return;
  const heading = document.createElement("p");
  heading.className = "clues-head";
  heading.textContent = link.textContent;
  link.parentElement.replaceWith(heading, document.importNode(clues, true));
}

document.addEventListener("click", (event) => {
  const said = event.target.closest(".text a.said");
  if (said) pick(said.dataset.quote);
});

document.addEventListener("toggle", (event) => {
  const note = event.target.closest && event.target.closest(".note");
  if (note && event.target.open && !note.classList.contains("picked")) pick(note.dataset.note);
}, true);

// Names while they are typed: what the page has itself comes first, then what the archive has.
for (const field of document.querySelectorAll("input[data-names]")) {
  const list = document.getElementById(field.getAttribute("list"));
  if (!list) continue;
  const own = [...list.children];
  let asked = 0;
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const mine = ++asked;
      const typed = field.value.trim();
      if (typed.length < 2) return;
      const answer = await fetch("/names?q=" + encodeURIComponent(typed), { headers: { Accept: "application/json" } });
      if (!answer.ok || mine !== asked) return;
      const names = await answer.json();
      list.replaceChildren(...own, ...names.map((one) => {
        const option = document.createElement("option");
        option.value = one.name;
        option.label = one.role ? one.name + ", " + one.role : one.name;
        return option;
      }));
    }, 150);
  });
}

// Enter in a field sends what the field is for, not the form's first button.
for (const field of document.querySelectorAll("input[data-submits]")) {
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      document.getElementById(field.dataset.submits).click();
    } else if (event.key === "Escape") {
      field.blur();
    }
  });
}

// The keys of the review; while something is typed they are letters.
if (document.body.dataset.page === "review") {
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const one = document.querySelector('[data-key="' + CSS.escape(event.key) + '"]');
    if (!one) return;
    event.preventDefault();
    if (one.tagName === "INPUT") {
      one.focus();
      one.select();
    } else {
      one.click();
    }
  });
}
