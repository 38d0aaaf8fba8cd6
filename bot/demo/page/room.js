// The room as one person sees it: the state arrives whole with every change; only changed entries are drawn anew.
import { drawCard, drawText } from "/page/cards.js";

const byId = (id) => document.getElementById(id);
const make = (tag, className = "", text = "") => Object.assign(document.createElement(tag), { className, textContent: text });
const IDEAS = {
  chat: [
    { label: "Ask the protocol", text: "Can we record this meeting?", mention: true },
    { label: "Ask about a breach", text: "Who do I tell if I sent it to the wrong person?", mention: true },
    { label: "Paste personal information", text: "Her NHI is ZAC5361 and her mum is on 021 555 0134" },
    { label: "Speak of danger", text: "He says he is going to kill her tonight", mention: true },
  ],
  private: [
    { label: "Before we start", text: "What do I need to do before I share anything?" },
    { label: "Who may be told", text: "Who can I share this information with?" },
    { label: "Help", text: "help" },
  ],
};
const shown = new Map();
const looked = new Set();
const seen = { chat: new Set(), private: new Set() };
let state, stream, room = "chat", mention = false, quietly = false, editing = null, following = true, lost = false;
let me = new URLSearchParams(location.search).get("as") ?? sessionStorage.getItem("as") ?? "mere";

function connect() {
  stream?.close();
  stream = new EventSource(`/room/events?as=${encodeURIComponent(me)}`);
  stream.onopen = () => { if (lost) complain(""); lost = false; };
  stream.onmessage = (event) => draw(JSON.parse(event.data));
  stream.onerror = () => { lost = true; complain("The meeting room has closed, or cannot be reached. Start it again with make demo."); };
}

async function tell(what, body, quiet) {
  try {
    const answer = await fetch(`/room/${what}`, {
      method: "POST",
      ...(body instanceof FormData ? { body } : { headers: { "Content-Type": "application/json" }, body: JSON.stringify({ as: me, ...body }) }),
    });
    const said = answer.ok ? (await answer.json()).trouble : await answer.text();
    if (!quiet || said) complain(said ?? "");
  } catch { complain("The meeting room cannot be reached. Start it again with make demo."); }
}

function complain(words) {
  byId("trouble").textContent = words;
  byId("trouble").hidden = !words;
}

function become(key) {
  me = key;
  sessionStorage.setItem("as", key);
  history.replaceState(null, "", `?as=${key}`);
  seen.chat.clear(); seen.private.clear(); shown.clear();
  byId("log").replaceChildren();
  editing = null;
  connect();
}

function enter(name) {
  room = name;
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const chosen = tab.dataset.in === room;
    tab.setAttribute("aria-selected", chosen);
    tab.tabIndex = chosen ? 0 : -1;
  }
  byId("messages").setAttribute("aria-labelledby", `tab-${room}`);
  if (room === "private") tell("open", {}, true);
  shown.clear();
  byId("log").replaceChildren();
  if (state) draw(state);
}

function draw(next) {
  const first = !state || state.me !== next.me;
  state = next;
  document.title = `${state.title}: Clausewise meeting room`;
  byId("title").textContent = state.title;
  byId("protocol").textContent = state.protocol;
  byId("status").textContent = state.running ? "Meeting in progress" : "Not started";
  byId("status").classList.toggle("on", state.running);
  if (first) drawPeople();
  drawTools();
  drawEntries();
  drawTabs(first);
  drawTravelled();
  byId("typing").hidden = !state.typing.includes(room);
}

function drawPeople() {
  byId("people").replaceChildren(...state.people.map((person) => {
    const choice = make("label", "person");
    const radio = Object.assign(make("input"), { type: "radio", name: "as", value: person.key, checked: person.key === state.me });
    radio.onchange = () => become(person.key);
    const words = make("span", "who");
    words.append(make("strong", "", person.name), make("span", "agency", person.agency));
    if (person.part !== "Attendee") words.append(make("span", "part", person.part));
    choice.append(radio, avatar(person.id), words);
    return choice;
  }));
  document.querySelector(".person:has(:checked)")?.scrollIntoView({ block: "nearest", inline: "center" });
}

function avatar(id) {
  const number = state.people.findIndex((person) => person.id === id);
  if (number < 0) return Object.assign(make("img", "avatar"), { src: "/page/icon.svg", alt: "" });
  const initials = state.people[number].name.split(" ").map((word) => word[0]).join("");
  const mark = make("span", `avatar tone-${number}`, initials);
  mark.setAttribute("aria-hidden", "true");
  return mark;
}

function drawTools() {
  const host = state.people.find((person) => person.key === state.me)?.part === "Facilitator";
  byId("meeting").hidden = !host;
  byId("meeting").textContent = state.running ? "End meeting" : "Start meeting";
  byId("mention").hidden = room === "private";
  byId("mention").setAttribute("aria-pressed", mention);
  byId("attach").hidden = room !== "private";
  byId("quietly").hidden = room === "private";
  byId("quietly").setAttribute("aria-pressed", quietly);
  const label = room === "private" ? "Write to Clausewise" : quietly ? "Ask Clausewise, seen by nobody else" : mention ? "Ask Clausewise in the meeting chat" : "Write in the meeting chat";
  byId("words-label").textContent = label;
  byId("words").placeholder = label;
  byId("ideas").replaceChildren(...IDEAS[room].map((idea) => {
    const button = Object.assign(make("button", "chip", idea.label), { type: "button", title: idea.text });
    button.onclick = () => {
      byId("words").value = idea.text;
      mention = room === "chat" && Boolean(idea.mention);
      quietly = false;
      drawTools();
      byId("words").focus();
    };
    return button;
  }));
}

function drawEntries() {
  const panel = byId("messages");
  let newest = null, previous = null;
  for (const entry of state.entries.filter((found) => found.in === room)) {
    const stamp = `${entry.version}${editing === entry.id}${follows(previous, entry)}`;
    const old = shown.get(entry.id);
    if (!old || old.stamp !== stamp) {
      const element = drawEntry(entry, follows(previous, entry));
      if (old) old.element.replaceWith(element);
      else { byId("log").append(element); newest = element; }
      shown.set(entry.id, { stamp, element });
    }
    look(entry);
    previous = entry;
  }
  if (newest && (following || previous?.mine)) show(newest, panel);
}

function show(element, panel) {
  following = true;
  const tall = element.offsetHeight > panel.clientHeight - 24;
  if (tall) panel.scrollTop += element.getBoundingClientRect().top - panel.getBoundingClientRect().top - 8;
  else panel.scrollTop = panel.scrollHeight;
}

const follows = (previous, entry) =>
  Boolean(previous && previous.author === entry.author && entry.author !== state.bot.id && previous.kind === "message" && !previous.private && !entry.private
    && new Date(entry.at) - new Date(previous.at) < 120_000);

// Teams asks for a person's own view of such a card when they see it.
function look(entry) {
  if (!entry.look || looked.has(`${me} ${entry.id} ${entry.edited}`)) return;
  looked.add(`${me} ${entry.id} ${entry.edited}`);
  tell("press", { id: entry.id, verb: entry.look.verb, data: entry.look.data, looking: true }, true);
}

function drawEntry(entry, continued) {
  const item = make("li", `entry ${entry.mine ? "mine" : ""} ${entry.private ? "private" : ""} ${continued ? "continued" : ""}`);
  item.dataset.id = entry.id;
  if (entry.kind === "event") {
    item.className = "event";
    item.textContent = `${entry.text}, ${time(entry.at)}`;
    return item;
  }
  const bubble = make("div", "bubble");
  bubble.append(byline(entry));
  if (entry.private) bubble.append(make("p", "only-you", "Only you can see this message"));
  if (entry.deleted) bubble.append(make("p", "gone", "This message has been deleted."));
  else if (editing === entry.id) bubble.append(editor(entry));
  else bubble.append(...content(entry));
  if (entry.mine && !entry.files.length && editing !== entry.id) bubble.append(ownTools(entry));
  item.append(avatar(entry.author), bubble);
  return item;
}

function byline(entry) {
  const name = state.people.find((person) => person.id === entry.author)?.name ?? state.bot.name;
  const line = make("p", "byline");
  line.append(make("strong", "", name), make("time", "", time(entry.at)));
  if (entry.edited && !entry.deleted) line.append(make("span", "", "Edited"));
  return line;
}

function content(entry) {
  const parts = [];
  if (entry.text || entry.mention) {
    const text = drawText(entry.text, entry.author === state.bot.id);
    if (entry.mention) text.prepend(make("span", "at", state.bot.name), " ");
    parts.push(text);
  }
  for (const file of entry.files) parts.push(make("p", "file", file));
  for (const card of entry.cards) {
    const frame = make("div", "card");
    frame.append(drawCard(card, (action) => tell("press", { id: entry.id, ...action })));
    parts.push(frame);
  }
  if (entry.suggestions.length) parts.push(suggestions(entry));
  return parts;
}

function suggestions(entry) {
  const row = make("div", "suggestions");
  row.append(...entry.suggestions.map((action) => {
    const button = Object.assign(make("button", "chip", action.title), { type: "button" });
    button.onclick = () => tell("say", { in: entry.in, text: String(action.value ?? action.title) });
    return button;
  }));
  return row;
}

function ownTools(entry) {
  if (entry.deleted) return tool("own undo", "Undo", () => tell("restore", { id: entry.id }));
  const more = make("details", "own");
  const summary = make("summary", "", "\u2026");
  summary.setAttribute("aria-label", "More options");
  const menu = make("div", "menu");
  menu.append(
    tool("", "Edit", () => { editing = entry.id; drawEntries(); byId("edit-words").focus(); }),
    tool("", "Delete", () => tell("delete", { id: entry.id })),
  );
  more.append(summary, menu);
  return more;
}

const tool = (className, label, onclick) => Object.assign(make("button", className, label), { type: "button", onclick });

function editor(entry) {
  const form = make("form", "editor");
  const words = Object.assign(make("textarea"), { id: "edit-words", value: entry.text, rows: 2 });
  words.setAttribute("aria-label", "Edit your message");
  const stop = () => { editing = null; drawEntries(); byId("words").focus(); };
  const save = Object.assign(make("button", "send", "Save"), { type: "submit" });
  const cancel = Object.assign(make("button", "plain", "Cancel"), { type: "button", onclick: stop });
  form.onsubmit = (event) => { event.preventDefault(); tell("edit", { id: entry.id, text: words.value }); stop(); };
  words.onkeydown = (event) => {
    if (event.key === "Escape") stop();
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); }
  };
  form.append(words, cancel, save);
  return form;
}

function drawTabs(first) {
  for (const name of ["chat", "private"]) {
    const fresh = state.entries.filter((entry) => entry.in === name && !entry.mine && !seen[name].has(entry.id));
    if (first || name === room) fresh.forEach((entry) => seen[name].add(entry.id));
    const badge = document.querySelector(`#tab-${name} .unread`);
    const count = first || name === room ? 0 : fresh.length;
    badge.hidden = !count;
    badge.textContent = count;
    badge.setAttribute("aria-label", `${count} unread`);
  }
}

function drawTravelled() {
  byId("travelled").replaceChildren(...state.travelled.toReversed().map((line) => {
    const item = make("li", line.way, line.words);
    item.prepend(make("time", "", new Date(line.at).toLocaleTimeString("en-NZ")));
    return item;
  }));
}

const time = (at) => new Date(at).toLocaleTimeString("en-NZ", { hour: "numeric", minute: "2-digit" });

byId("composer").onsubmit = (event) => {
  event.preventDefault();
  const text = byId("words").value.trim();
  if (!text) return;
  tell("say", { in: room, text, mention: mention || quietly, quietly });
  byId("words").value = "";
  mention = quietly = false;
  drawTools();
};
byId("words").onkeydown = (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); byId("composer").requestSubmit(); }
};
byId("words").oninput = () => {
  if (room === "chat" && /^@clausewise\b/i.test(byId("words").value)) {
    byId("words").value = byId("words").value.replace(/^@clausewise\s*/i, "");
    mention = true;
    drawTools();
  }
};
for (const moved of ["wheel", "touchmove", "keydown", "pointerdown"]) {
  byId("messages").addEventListener(moved, () => { following = false; }, { passive: true });
}
byId("messages").onscroll = ({ target }) => {
  if (target.scrollHeight - target.scrollTop - target.clientHeight < 60) following = true;
};
byId("mention").onclick = () => { mention = !mention; drawTools(); byId("words").focus(); };
byId("quietly").onclick = () => { quietly = !quietly; drawTools(); byId("words").focus(); };
byId("meeting").onclick = () => tell("meeting", {});
byId("file").onchange = () => {
  const form = new FormData();
  form.append("as", me);
  form.append("file", byId("file").files[0]);
  byId("file").value = "";
  tell("upload", form);
};
document.onclick = ({ target }) => {
  for (const menu of document.querySelectorAll("details.own[open]")) if (!menu.contains(target)) menu.open = false;
};
for (const tab of document.querySelectorAll("[role=tab]")) {
  tab.onclick = () => enter(tab.dataset.in);
  tab.onkeydown = (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = room === "chat" ? "private" : "chat";
    enter(other);
    byId(`tab-${other}`).focus();
  };
}
connect();
