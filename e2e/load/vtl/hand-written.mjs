// What a programmer would write by hand for each template: the yardstick of how near an interpreter of templates can get.

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be escaped
const ESCAPED = /["'\\/\u0000-\u001f\u007f-\uffff]/;
const ALL_ESCAPED = new RegExp(ESCAPED, "g");
const SHORT = { "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r" };

function escapeCharacter(character) {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.charCodeAt(0);
  if (code >= 0x20 && code < 0x7f) return `\\${character}`;
  return `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** `$util.escapeJavaScript` */
const escapeJavaScript = (text) => (ESCAPED.test(text) ? text.replace(ALL_ESCAPED, escapeCharacter) : text);

function smallMock({ input }) {
  const parameter = (name) => input.path[name] ?? input.query[name] ?? input.headers[name] ?? "";
  return `{
  "statusCode": ${parameter("fail") === "true" ? "500" : "200"},
  "id": "${parameter("petId")}"
}`;
}

function members(record, layout) {
  let out = "";
  let separator = "";
  for (const name of Object.keys(record)) {
    out += separator + layout(name, escapeJavaScript(record[name]));
    separator = layout.separator;
  }
  return out;
}
const parameterMember = (name, value) => `    "${name}" : "${value}"\n        `;
parameterMember.separator = ",    ";
const variableMember = (name, value) => `"${name}" : "${value}"\n    `;
variableMember.separator = ",";

function passthrough({ input, context, stageVariables }) {
  const { identity } = context;
  const group = (name, record) => `"${name}" : {\n    ${members(record, parameterMember)}    }\n    `;
  const body = JSON.stringify(JSON.parse(input.body));
  return `{
"body-json" : ${body},
"params" : {
${group("path", input.path)},${group("querystring", input.query)},${group("header", input.headers)}},
"stage-variables" : {
${members(stageVariables, variableMember)}},
"context" : {
    "account-id" : "${identity.accountId}",
    "api-id" : "${context.apiId}",
    "api-key" : "${identity.apiKey}",
    "authorizer-principal-id" : "${context.authorizer.principalId}",
    "caller" : "${identity.caller}",
    "cognito-authentication-provider" : "${identity.cognitoAuthenticationProvider}",
    "cognito-authentication-type" : "${identity.cognitoAuthenticationType}",
    "cognito-identity-id" : "${identity.cognitoIdentityId}",
    "cognito-identity-pool-id" : "${identity.cognitoIdentityPoolId}",
    "http-method" : "${context.httpMethod}",
    "stage" : "${context.stage}",
    "source-ip" : "${identity.sourceIp}",
    "user" : "${identity.user}",
    "user-agent" : "${identity.userAgent}",
    "user-arn" : "${identity.userArn}",
    "request-id" : "${context.requestId}",
    "resource-id" : "${context.resourceId}",
    "resource-path" : "${context.resourcePath}"
    }
}
`;
}

function foreach100({ input }) {
  const { items } = JSON.parse(input.body);
  let out = `{\n  "count": ${items.length},\n  "pets": [\n`;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    let tags = "";
    for (let t = 0; t < item.tags.length; t++) tags += `${t > 0 ? ", " : ""}"${item.tags[t]}"`;
    out += `    {
      "petId": ${item.id},
      "label": "${escapeJavaScript(item.name)}",
      "species": "${item.kind === "dog" ? "DOG" : "OTHER"}",
      "owner": "${item.owner.first} ${item.owner.last}",
      "price": ${item.price},
      "tags": [${tags}],
      "position": ${i + 1}
    }${i + 1 < items.length ? "," : ""}
`;
  }
  return `${out}  ]\n}`;
}

function dynamoDb50({ input }) {
  const { Count, Items, LastEvaluatedKey } = JSON.parse(input.body);
  let out = `{\n  "count": ${Count},\n  "items": [\n    `;
  for (let i = 0; i < Items.length; i++) {
    const { id, name, price, ok, tags } = Items[i];
    let list = "";
    for (let t = 0; t < tags.L.length; t++) list += `${t > 0 ? "," : ""}"${tags.L[t].S}"`;
    out += `    {
      "id": "${id.S}",
      "name": "${escapeJavaScript(name.S)}",
      "price": ${price.N},
      "ok": ${ok.BOOL},
      "tags": [${list}]
    }${i + 1 < Items.length ? "," : ""}    `;
  }
  out += "  ]";
  if (LastEvaluatedKey !== undefined) {
    out += `,\n  "next": "${Buffer.from(JSON.stringify(LastEvaluatedKey)).toString("base64")}"`;
  }
  return `${out}}`;
}

function body64KB({ input, context }) {
  const body = JSON.parse(input.body);
  return `{
  "detail": ${JSON.stringify(body)},
  "first": "${body.records[0].user}",
  "n": ${body.records.length},
  "requestId": "${context.requestId}"
}`;
}

const functions = {
  "small mock": smallMock,
  passthrough,
  "foreach 100 items": foreach100,
  "DynamoDB response 50": dynamoDb50,
  "64 KB body": body64KB,
};

/** For a line of the bench file: a function that renders it once, or null where none has been written. */
export function prepare(line) {
  const render = functions[line.id];
  return render === undefined ? null : () => render(line);
}
