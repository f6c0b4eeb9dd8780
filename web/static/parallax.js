// Enhancements only: every page works without them. No library, no outside request.
"use strict";

// Suggestions under a search box (ARIA combobox).
function suggest(input) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${input.id}-suggestions`;
  list.setAttribute("role", "listbox");
  list.hidden = true;
  input.parentElement.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) {
    input.setAttribute(name, value);
  }
  const language = document.documentElement.lang.slice(0, 2);
  let timer = 0, shown = [], active = -1, asked = "";

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function mark(index) {
    active = index;
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === index)));
    if (index >= 0) input.setAttribute("aria-activedescendant", list.children[index].id);
  }
  function take(hit) {
    if ("suggestFill" in input.dataset) {
      input.value = input.dataset.suggestFill === "id" ? hit.id : name(hit)[0];
      close();
    } else {
      location.href = hit.url;
    }
  }
  function name(hit) {
    const names = language === "zh" ? [hit.name.zh, hit.name.en] : [hit.name.en, hit.name.zh];
    const known = names.filter(Boolean);
    return known.length ? known : [hit.id];
  }
  function show(hits) {
    shown = hits;
    list.replaceChildren(...hits.map((hit, n) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${n}`;
      item.setAttribute("role", "option");
      const dot = document.createElement("span");
      dot.className = `dot t-${hit.type || "none"}`;
      const [first, second] = name(hit);
      const label = document.createElement("span");
      label.textContent = first;
      const other = document.createElement("span");
      other.className = "other";
      other.textContent = second || "";
      const curie = document.createElement("code");
      curie.textContent = hit.id;
      item.append(dot, label, other, curie);
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(hit); });
      return item;
    }));
    list.hidden = hits.length === 0;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    mark(-1);
  }
  async function ask() {
    const text = input.value.trim();
    asked = text;
    if (!text) return close();
    const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
    if (answer.ok && asked === text && document.activeElement === input) show((await answer.json()).suggestions);
  }
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark((active + step + shown.length + (active < 0 && step < 0 ? 1 : 0)) % shown.length);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      take(shown[active]);
    } else if (event.key === "Escape") {
      close();
    }
  });
}

// A mention that is pointed at lights up its counterparts in the other language.
function linkMentions(root) {
  function light(event, on) {
    const mention = event.target.closest?.("[data-aligned]");
    if (!mention) return;
    mention.classList.toggle("is-linked", on);
    for (const id of mention.dataset.aligned.split(" ").filter(Boolean)) {
      for (const twin of root.querySelectorAll(`[data-id="${CSS.escape(id)}"]`)) twin.classList.toggle("is-linked", on);
    }
  }
  for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    root.addEventListener(name, (event) => light(event, on));
  }
}

function copyButton(button) {
  if (!navigator.clipboard) return;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 1500);
  });
}

function editor(area) {
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) area.form.requestSubmit();
  });
}

document.querySelectorAll("input[data-suggest]").forEach(suggest);
document.querySelectorAll(".parallel").forEach(linkMentions);
document.querySelectorAll("button[data-copy]").forEach(copyButton);
document.querySelectorAll("textarea[data-editor]").forEach(editor);
