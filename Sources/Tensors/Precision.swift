import COneDNN

/// The element type that matrix products read; sums are always accumulated in float32.
public enum Precision: String, Sendable, Hashable, CaseIterable {
  case float32
  case bfloat16

  /// bfloat16 where the processor multiplies it in hardware (twice the rate of float32), float32 elsewhere.
  public static let fastest: Precision = hiss_has_bfloat16() != 0 ? .bfloat16 : .float32
}
