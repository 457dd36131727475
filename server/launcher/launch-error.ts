/** A failure that is told to the user as one line, without a stack. */
export class LaunchError extends Error {
  override name = "LaunchError";
}
