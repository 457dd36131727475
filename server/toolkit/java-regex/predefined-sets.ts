import { type CodeRange, CodeSet } from "./code-set";

const DIGIT: CodeRange = [48, 57];
const UPPER: CodeRange = [65, 90];
const LOWER: CodeRange = [97, 122];

/** Java's line terminators, as "." leaves them out and \v names them (\v also has 0x0B and 0x0C). */
export const LINE_TERMINATORS = CodeSet.of([10, 10], [13, 13], [0x85, 0x85], [0x2028, 0x2029]);

/** \d \h \s \v \w; the upper-case letter is the complement. */
export const LETTER_SETS: ReadonlyMap<string, CodeSet> = new Map([
  ["d", CodeSet.of(DIGIT)],
  [
    "h",
    CodeSet.of(
      [9, 9],
      [32, 32],
      [0xa0, 0xa0],
      [0x1680, 0x1680],
      [0x180e, 0x180e],
      [0x2000, 0x200a],
      [0x202f, 0x202f],
      [0x205f, 0x205f],
      [0x3000, 0x3000],
    ),
  ],
  ["s", CodeSet.of([9, 13], [32, 32])],
  ["v", CodeSet.of([10, 13], [0x85, 0x85], [0x2028, 0x2029])],
  ["w", CodeSet.of(DIGIT, UPPER, LOWER, [95, 95])],
]);

/** \p{…} names that mean ASCII sets in Java. */
export const ASCII_SETS: ReadonlyMap<string, CodeSet> = new Map([
  ["Lower", CodeSet.of(LOWER)],
  ["Upper", CodeSet.of(UPPER)],
  ["ASCII", CodeSet.of([0, 127])],
  ["Alpha", CodeSet.of(UPPER, LOWER)],
  ["Digit", CodeSet.of(DIGIT)],
  ["Alnum", CodeSet.of(DIGIT, UPPER, LOWER)],
  ["Punct", CodeSet.of([33, 47], [58, 64], [91, 96], [123, 126])],
  ["Graph", CodeSet.of([33, 126])],
  ["Print", CodeSet.of([32, 126])],
  ["Blank", CodeSet.of([32, 32], [9, 9])],
  ["Cntrl", CodeSet.of([0, 31], [127, 127])],
  ["XDigit", CodeSet.of(DIGIT, [65, 70], [97, 102])],
  ["Space", CodeSet.of([9, 13], [32, 32])],
]);

/** Java's other names for Unicode categories RE2 knows. */
export const PROPERTY_NAMES: ReadonlyMap<string, string> = new Map([
  ["IsAlphabetic", "L"],
  ["IsLetter", "L"],
  ["IsDigit", "Nd"],
  ["IsUppercase", "Lu"],
  ["IsLowercase", "Ll"],
  ["IsPunctuation", "P"],
  ["IsControl", "Cc"],
  ["javaLowerCase", "Ll"],
  ["javaUpperCase", "Lu"],
  ["javaAlphabetic", "L"],
  ["javaLetter", "L"],
  ["javaDigit", "Nd"],
]);
