import { JavaBigDecimal } from "@/server/toolkit/java/values";
import type { CallEnvironment } from "@/server/vtl/values/java-class";
import { illegalArgument, JavaException } from "@/server/vtl/values/java-exception";
import { sized, tenTo } from "@/server/vtl/values/numbers/number-size";

const magnitude = (n: bigint): bigint => (n < 0n ? -n : n);

function arithmetic(message: string): JavaException {
  return new JavaException("java.lang.ArithmeticException", message);
}

/** BigDecimal's constants ROUND_UP (0) to ROUND_UNNECESSARY (7): whether a rest moves the quotient away from zero. */
function roundsAway(mode: number, sign: bigint, half: -1 | 0 | 1, isOdd: boolean): boolean {
  switch (mode) {
    case 0:
      return true;
    case 1:
      return false;
    case 2:
      return sign > 0n;
    case 3:
      return sign < 0n;
    case 4:
      return half >= 0;
    case 5:
      return half > 0;
    case 6:
      return half > 0 || (half === 0 && isOdd);
    default:
      throw arithmetic("Rounding necessary");
  }
}

/** numerator / denominator as a whole number, rounded by one of BigDecimal's modes. */
function roundedQuotient(numerator: bigint, denominator: bigint, mode: number): bigint {
  const quotient = numerator / denominator;
  const rest = numerator % denominator;
  if (rest === 0n) return quotient;
  const sign = numerator < 0n === denominator < 0n ? 1n : -1n;
  const twice = 2n * magnitude(rest);
  const size = magnitude(denominator);
  const half = twice < size ? -1 : twice > size ? 1 : 0;
  return roundsAway(mode, sign, half, quotient % 2n !== 0n) ? quotient + sign : quotient;
}

function checkedMode(mode: number): number {
  if (mode < 0 || mode > 7) throw illegalArgument("Invalid rounding mode");
  return mode;
}

function checkedDivisor(n: JavaBigDecimal, divisor: JavaBigDecimal): void {
  if (divisor.unscaled !== 0n) return;
  throw arithmetic(n.unscaled === 0n ? "Division undefined" : "Division by zero");
}

type Rounding = { readonly scale: number; readonly mode: number };

/** BigDecimal.divide(divisor, scale, mode). */
export function divideRounded(
  n: JavaBigDecimal,
  divisor: JavaBigDecimal,
  { scale, mode }: Rounding,
  env: CallEnvironment,
): JavaBigDecimal {
  checkedMode(mode);
  const shift = scale + divisor.scale - n.scale;
  env.budget.checkText(Math.abs(shift));
  if (divisor.unscaled === 0n) throw arithmetic(n.unscaled === 0n ? "/ by zero" : "Division by zero");
  const numerator = shift >= 0 ? n.unscaled * tenTo(shift) : n.unscaled;
  const denominator = shift >= 0 ? divisor.unscaled : divisor.unscaled * tenTo(-shift);
  return new JavaBigDecimal(sized(roundedQuotient(numerator, denominator, mode)), scale);
}

/** BigDecimal.setScale(scale, mode). */
export function rescaled(n: JavaBigDecimal, { scale, mode }: Rounding, env: CallEnvironment): JavaBigDecimal {
  checkedMode(mode);
  return divideRounded(n, new JavaBigDecimal(1n, 0), { scale, mode }, env);
}

/** Zeros taken off at once. */
const MOST_ZEROS = 2 ** 16;

/** Zeros at the end taken off, down to a scale. */
export function stripped(n: JavaBigDecimal, lowest: number): JavaBigDecimal {
  let { unscaled, scale } = n;
  // In steps of shrinking size: one digit at a time would take quadratic time.
  for (let digits = MOST_ZEROS; digits >= 1 && unscaled !== 0n; digits /= 2) {
    const unit = tenTo(digits);
    while (scale - digits >= lowest && unscaled % unit === 0n) {
      unscaled /= unit;
      scale -= digits;
    }
  }
  return new JavaBigDecimal(unscaled, scale);
}

/** BigDecimal.divide(divisor): the exact quotient, an error where it has no end. */
export function divideExactly(
  n: JavaBigDecimal,
  divisor: JavaBigDecimal,
  env: CallEnvironment,
): JavaBigDecimal {
  checkedDivisor(n, divisor);
  const preferred = n.scale - divisor.scale;
  if (n.unscaled === 0n) return new JavaBigDecimal(0n, preferred);
  // No quotient that ends has more digits than this.
  const digits = Math.ceil((10 * magnitude(divisor.unscaled).toString().length) / 3);
  env.budget.checkText(digits);
  const numerator = n.unscaled * tenTo(digits);
  if (numerator % divisor.unscaled !== 0n) {
    throw arithmetic("Non-terminating decimal expansion; no exact representable decimal result.");
  }
  return stripped(new JavaBigDecimal(sized(numerator / divisor.unscaled), preferred + digits), preferred);
}

/** BigDecimal.divideToIntegralValue(divisor). */
export function divideToWhole(
  n: JavaBigDecimal,
  divisor: JavaBigDecimal,
  env: CallEnvironment,
): JavaBigDecimal {
  checkedDivisor(n, divisor);
  const preferred = n.scale - divisor.scale;
  const quotient = divideRounded(n, divisor, { scale: 0, mode: 1 }, env);
  if (preferred >= 0) return rescaled(quotient, { scale: preferred, mode: 7 }, env);
  if (quotient.unscaled === 0n) return new JavaBigDecimal(0n, preferred);
  return stripped(quotient, preferred);
}

/** What is left over by divideToIntegralValue. */
export function remainder(n: JavaBigDecimal, divisor: JavaBigDecimal, env: CallEnvironment): JavaBigDecimal {
  const whole = divideToWhole(n, divisor, env);
  const scale = Math.max(n.scale, whole.scale + divisor.scale);
  env.budget.checkText(Math.abs(scale - n.scale));
  const left = n.unscaled * tenTo(scale - n.scale);
  const right = whole.unscaled * divisor.unscaled * tenTo(scale - whole.scale - divisor.scale);
  return new JavaBigDecimal(sized(left - right), scale);
}
