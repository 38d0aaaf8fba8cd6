// Reads {name: card} on standard input; prints {name: [problems]} as the official renderer finds them.
const { AdaptiveCard, SerializationContext, Versions } = require(process.argv[2]);
const cards = JSON.parse(require("fs").readFileSync(0, "utf8"));
const found = {};
for (const [name, content] of Object.entries(cards)) {
  const context = new SerializationContext(Versions.v1_5);
  const card = new AdaptiveCard();
  card.parse(content, context);
  const problems = [...Array(context.eventCount).keys()].map((at) => context.getEventAt(at).message);
  found[name] = problems.concat(card.validateProperties().validationEvents.map((event) => event.message));
}
process.stdout.write(JSON.stringify(found));
