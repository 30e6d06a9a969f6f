import COneDNN

/// The element type that matrix products read; sums are always accumulated in 32 bits.
public enum Precision: String, Codable, Sendable, Hashable, CaseIterable {
  case float32
  case bfloat16
  /// Integers of 8 bits, each row and each output with a scale of its own, where a layer says that they are enough for it;
  /// everything else is computed in `fastest`.
  case int8

  /// bfloat16 where the processor multiplies it in hardware (twice the rate of float32), float32 elsewhere.
  public static let fastest: Precision = hiss_has_bfloat16() != 0 ? .bfloat16 : .float32

  /// int8 where the processor multiplies that in hardware (four times the rate of float32), `fastest` elsewhere.
  public static let lowest: Precision = hiss_has_int8() != 0 ? .int8 : fastest

  /// Whether the processor multiplies such elements in hardware.
  public var isNative: Bool {
    switch self {
    case .float32: true
    case .bfloat16: Self.fastest == .bfloat16
    case .int8: Self.lowest == .int8
    }
  }

  /// The instructions that products are computed with, by oneDNN's name: results of one build differ between them.
  public static let instructionSet = String(cString: hiss_instruction_set())
}
