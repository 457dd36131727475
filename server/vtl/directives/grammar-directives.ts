/** The directives that belong to the grammar, described for the editor. */
export const grammarDirectives = [
  {
    name: "if",
    signature: "#if(condition) … #elseif(condition) … #else … #end",
    documentation:
      "Renders one of its bodies. Only the Boolean false is false: a missing value, an empty string and 0 are true, so compare them.",
    insertText: "#if($1)\n$0\n#end",
  },
  {
    name: "elseif",
    signature: "#elseif(condition)",
    documentation: "Another condition of an #if.",
    insertText: "#elseif($0)",
  },
  {
    name: "else",
    signature: "#else",
    documentation:
      "The body for when no condition of the #if holds. Write #{else} where text follows directly.",
    insertText: "#else",
  },
  {
    name: "end",
    signature: "#end",
    documentation: "Ends a block. Write #{end} where text follows directly.",
    insertText: "#end",
  },
  {
    name: "set",
    signature: "#set($name = value)",
    documentation:
      "Stores a value in a variable, a map entry ($m.key, $m['key']) or a list element ($l[0]). The line end after it is not printed.",
    insertText: "#set(\\$$1 = $0)",
  },
] as const;
