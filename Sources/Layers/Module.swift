public import Tensors

/// A part of a network: it owns parameters, and is called with values on a tape.
public protocol Module: Sendable {
  /// Every parameter, in a fixed order, named as checkpoints name them.
  var parameters: [Parameter] { get }
}

/// How a new weight begins.
public enum Initialization: Sendable {
  /// All zeros: what comes after passes the residual stream through unchanged at first.
  case zeros
  /// All ones.
  case ones
  /// Normal, of this deviation.
  case normal(Float)
  /// Uniform in ±√(6 / (in + out)) (Glorot & Bengio 2010).
  case glorot

  /// A parameter that begins so; its numbers depend on the seed and the parameter's name alone. Without a source they not
  /// there yet: for a network that is about to be loaded, whose sizes are held against the file before memory is taken.
  public func parameter(_ name: String, _ shape: [Int], _ random: RandomSource?) -> Parameter {
    guard var source = random?.split(Self.key(name)) else { return Parameter(name, Tensor(pending: shape)) }
    let count = shape.reduce(1, *)
    switch self {
    case .zeros: return Parameter(name, Tensor(shape))
    case .ones: return Parameter(name, Tensor(shape, repeating: 1))
    case .normal(let deviation):
      return Parameter(name, Tensor(shape, source.normals(at: 0, count: count).map { $0 * deviation }))
    case .glorot:
      let bound = (6 / Float(shape[0] + shape[1])).squareRoot()
      return Parameter(name, Tensor(shape, (0..<count).map { _ in (source.uniform() * 2 - 1) * bound }))
    }
  }

  /// FNV-1a of the name's bytes.
  private static func key(_ name: String) -> UInt64 {
    name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
