/** One word of a POSIX shell's command line, whatever it holds: nothing in it is expanded or run. */
export const shellQuote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
