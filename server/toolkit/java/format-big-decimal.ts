/**
 * java.math.BigDecimal.toString(): plain notation where the scale is not negative and the adjusted
 * exponent is at least -6, else scientific with one digit before the point ("1.23E+5").
 *
 * @param unscaled the digits
 * @param scale how many of them stand after the point (negative: trailing zeros left out)
 */
export function formatBigDecimal(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? "-" : "";
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString();
  if (scale === 0) return sign + digits;
  const adjusted = digits.length - 1 - scale;
  if (scale > 0 && adjusted >= -6) {
    if (digits.length > scale) {
      return `${sign}${digits.slice(0, digits.length - scale)}.${digits.slice(digits.length - scale)}`;
    }
    return `${sign}0.${"0".repeat(scale - digits.length)}${digits}`;
  }
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  if (adjusted === 0) return sign + mantissa;
  return `${sign}${mantissa}E${adjusted > 0 ? "+" : ""}${adjusted}`;
}
