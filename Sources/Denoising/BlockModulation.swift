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

  /// - Parameters:
  ///   - shared: what all blocks share, `[sequence, 6 × width]`.
  ///   - condition: time and caption, `[sequence, width]`.
  ///   - layout: the rows of each sequence.
  func callAsFunction(_ shared: Variable, condition: Variable, layout: SequenceLayout) -> Parts {
    let common = shared + offset
    let vectors = own.map { common + $0.spread($0.narrow(condition)) } ?? common
    func part(_ index: Int) -> ModulationPart { ModulationPart(index, of: vectors, layout: layout) }
    return Parts(
      attention: Branch(shift: part(0), scale: part(1), gate: part(2)),
      feedForward: Branch(shift: part(3), scale: part(4), gate: part(5)))
  }

  /// What a block does with either of its branches.
  struct Parts {
    let attention: Branch
    let feedForward: Branch
  }

  /// The norm in front of a branch, and the gate that it is added through (adaLN-Zero: Peebles & Xie 2023).
  struct Branch {
    let shift: ModulationPart
    let scale: ModulationPart
    let gate: ModulationPart
  }
}
