// Draws a card with the official renderer, dressed as Teams' light theme.
const { AdaptiveCard, HostConfig } = globalThis.AdaptiveCards;
const markdown = globalThis.markdownit({ html: false, linkify: false, breaks: true });

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};

const tone = (strong, subtle) => ({ default: strong, subtle });
const colours = {
  default: tone("#242424", "#5c5c5c"), dark: tone("#242424", "#5c5c5c"), light: tone("#ffffff", "#e0e0e0"),
  accent: tone("#0f5c5c", "#2b7575"), good: tone("#0e700e", "#107c10"),
  warning: tone("#7a4d00", "#8a5a00"), attention: tone("#a4262c", "#b3373d"),
};
const box = (backgroundColor, borderColor) =>
  ({ backgroundColor, borderColor, borderThickness: 1, foregroundColors: colours });

const host = new HostConfig({
  fontFamily: "inherit", supportsInteractivity: true,
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 22 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  lineHeights: { small: 17, default: 20, medium: 23, large: 25, extraLarge: 30 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 12 },
  separator: { lineThickness: 1, lineColor: "#e0e0e0" },
  containerStyles: {
    default: box("#ffffff", "#ffffff"), emphasis: box("#f5f7f7", "#e3e8e8"), accent: box("#e7f2f2", "#b7d6d6"),
    good: box("#eef7ee", "#bcdcbc"), warning: box("#fff6e0", "#f0d9a0"), attention: box("#fdeeee", "#f1c4c6"),
  },
  actions: {
    maxActions: 6, spacing: "default", buttonSpacing: 8, actionsOrientation: "horizontal",
    actionAlignment: "left", showCard: { actionMode: "inline", inlineTopMargin: 8 },
  },
  inputs: {
    label: { inputSpacing: 4, requiredInputs: { suffix: " *", suffixColor: "attention", weight: "bolder" }, optionalInputs: { weight: "bolder" } },
    errorMessage: { color: "attention", spacing: 4, weight: "default" },
  },
  factSet: { title: { weight: "bolder", wrap: true, maxWidth: 160 }, value: { wrap: true }, spacing: 12 },
  textBlock: { headingLevel: 3 },
  table: { cellSpacing: 8 },
  textStyles: { heading: { size: "medium", weight: "bolder" } },
});

export function drawCard(content, press) {
  const card = new AdaptiveCard();
  card.hostConfig = host;
  card.parse(content);
  card.onExecuteAction = (action) => {
    if (action instanceof globalThis.AdaptiveCards.OpenUrlAction) {
      globalThis.open(action.url, "_blank", "noopener");
    } else if (action instanceof globalThis.AdaptiveCards.ExecuteAction) {
      press({ verb: action.verb ?? "", data: action.data ?? {} });
    } else if (action instanceof globalThis.AdaptiveCards.SubmitAction) {
      press({ data: action.data ?? {} });
    }
  };
  const drawn = card.render();
  drawn.setAttribute("role", "group");
  drawn.setAttribute("aria-label", content.speak ?? content.fallbackText ?? "Card");
  return drawn;
}

export function drawText(text, isMarkdown) {
  const element = document.createElement("div");
  element.className = "text";
  if (isMarkdown) element.innerHTML = markdown.render(text);
  else element.textContent = text;
  return element;
}
