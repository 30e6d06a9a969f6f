import Foundation

/// Round numbers along an axis.
package struct AxisTicks: Equatable {
  package var values: [Double]
  package var labels: [String]

  /// At most about `count` multiples of 1, 2 or 5 times a power of ten within the range.
  package static func linear(_ range: ClosedRange<Double>, count: Int) -> AxisTicks {
    let span = range.upperBound - range.lowerBound
    guard span > 0, span.isFinite, count > 0 else {
      return AxisTicks(values: [range.lowerBound], labels: [label(range.lowerBound, step: 0)])
    }
    let rough = span / Double(count)
    let magnitude = pow(10, floor(log10(rough)))
    let step = magnitude * ([1, 2, 5].first { $0 * magnitude >= rough * 0.999 } ?? 10)
    let first = Int((range.lowerBound / step - 1e-9).rounded(.up))
    let last = Int((range.upperBound / step + 1e-9).rounded(.down))
    let values = first <= last ? (first...last).map { Double($0) * step } : []
    return AxisTicks(values: values, labels: values.map { label($0, step: step) })
  }

  /// Powers of ten, or 1, 2 and 5 times them where the range (all positive) spans less than three decades.
  package static func logarithmic(_ range: ClosedRange<Double>, count: Int) -> AxisTicks {
    let first = Int(floor(log10(range.lowerBound)))
    let last = Int(ceil(log10(range.upperBound)))
    let decades = log10(range.upperBound / range.lowerBound)
    let multiples: [Double] = decades < 1 ? [1, 1.5, 2, 3, 4, 5, 6, 8] : decades < 3 ? [1, 2, 5] : [1]
    let every = decades < 3 ? 1 : max(1, Int((decades / Double(max(1, count))).rounded(.up)))
    let values = stride(from: first, through: last, by: every)
      .flatMap { decade in multiples.map { $0 * pow(10, Double(decade)) } }
      .filter { $0 >= range.lowerBound * 0.9999 && $0 <= range.upperBound * 1.0001 }
    guard values.count > 1 else { return linear(range, count: count) }
    return AxisTicks(values: values, labels: values.map { label($0, step: 0) })
  }

  /// The number with as many decimals as the step between ticks needs (all that it has, if `step` is 0).
  package static func label(_ value: Double, step: Double) -> String {
    let size = max(abs(value), step)
    if value == 0 { return "0" }
    if size >= 1e6 || size < 1e-3 { return exponential(value) }
    let decimals = step > 0 ? max(0, Int((-log10(step) - 1e-9).rounded(.up))) : 6
    let digits = String(format: "%.\(min(decimals, 9))f", value)
    let plain = step > 0 ? digits : withoutTrailingZeros(digits)
    guard size >= 10_000, plain.hasSuffix("000") else { return plain }
    return plain.dropLast(3) + "k"
  }

  private static func exponential(_ value: Double) -> String {
    let parts = String(format: "%.3e", value).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return "\(value)" }
    return withoutTrailingZeros(String(parts[0])) + "e\(exponent)"
  }

  private static func withoutTrailingZeros(_ digits: String) -> String {
    guard digits.contains(".") else { return digits }
    var trimmed = digits[...]
    while trimmed.hasSuffix("0") { trimmed.removeLast() }
    if trimmed.hasSuffix(".") { trimmed.removeLast() }
    return String(trimmed)
  }
}
