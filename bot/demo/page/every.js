// Every card the bot can send, beside each other, at the width of a narrow phone.
import { drawCard } from "/page/cards.js";

for (const { name, content } of await (await fetch("/room/cards")).json()) {
  const figure = document.createElement("figure");
  const caption = Object.assign(document.createElement("figcaption"), { textContent: name });
  const frame = Object.assign(document.createElement("div"), { className: "card" });
  frame.append(drawCard(content, () => {}));
  figure.append(caption, frame);
  document.getElementById("shelf").append(figure);
}
document.body.dataset.drawn = "true";
