import Layers
import Tensors

/// The six modulation vectors of one block: those that all blocks share (adaLN-single: Chen et al. 2023, PixArt-α), a
/// learned offset, and, of low rank, what this block alone makes of time and caption.
///
/// With an offset alone every block hears the same of time and caption. A full layer for each (Peebles & Xie 2023, DiT)
/// would be more than a quarter of the network; of rank 32 they are a twentieth.
struct BlockModulation: Module {
  let offset: Parameter
  /// nil for a network whose blocks differ by their offsets alone.
  private let own: (narrow: Linear, spread: Linear)?

  init(_ name: String, _ sizes: DenoiserConfiguration, _ random: RandomSource?) {
    let (width, rank) = (sizes.width, sizes.modulationRank)
    offset = Initialization.zeros.parameter("\(name)_offset", [6 * width], random)
    own =
      rank == 0
      ? nil
      : (
        Linear("\(name).narrow", width, rank, random),
        Linear("\(name).spread", rank, 6 * width, initial: .zeros, random)
      )
  }

  var parameters: [Parameter] { [offset] + (own.map { $0.narrow.parameters + $0.spread.parameters } ?? []) }

  /// Shift, scale and gate of attention, then of the feed-forward layers, `[sequence, 6 × width]`.
  /// - Parameters:
  ///   - shared: what all blocks share, of the same shape.
  ///   - condition: time and caption, `[sequence, width]`.
  func callAsFunction(_ shared: Variable, condition: Variable, on tape: Tape) -> Variable {
    let modulation = tape.addToRows(shared, offset)
    guard let own else { return modulation }
    return tape.add(modulation, own.spread(own.narrow(condition, on: tape), on: tape))
  }
}
