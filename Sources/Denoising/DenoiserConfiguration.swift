/// The sizes of the network, as `config.json` holds them.
public struct DenoiserConfiguration: Codable, Sendable, Equatable {
  /// Mel bands in a frame.
  public var bandCount = 192
  /// Frames in a patch, each of which is a token.
  public var patchLength = 6
  /// Frames by which a token also sees, and adds to, its neighbours: without it, clips flutter at the seams of patches.
  public var patchOverlap = 2
  /// The width that a patch is squeezed through on its way in.
  public var bottleneckWidth = 128
  /// The width of the residual stream.
  public var width = 256
  /// Transformer blocks.
  public var depth = 10
  /// Attention heads.
  public var headCount = 4
  /// The feed-forward layers' width, as a multiple of `width`.
  public var expansion = 4
  /// Values of a control track in a frame; 0 for a network that takes none.
  public var controlCount = 32
  /// The width of the refinement of each frame; 0 for a network without one.
  public var refinementWidth = 192
  /// Whether the refinement is told each frame's control values, too.
  public var refinementControls = true
  /// The width of the text encoder's states.
  public var textWidth = 384
  /// The width of what captions are aligned with sounds in; 0 for a network without it.
  public var alignmentWidth = 128
  /// The rank of what each block makes of time and caption by itself; 0 for a network whose blocks all hear the same.
  public var modulationRank = 32

  public init() {}

  /// What sentence embeddings are multiplied by. Of length 1 as the encoder gives them, they would whisper beside the
  /// other inputs, whose variance is 1, and be learned that much later.
  public var sentenceFactor: Float { Float(textWidth).squareRoot() }

  /// Values in a patch.
  public var patchWidth: Int { patchLength * bandCount }

  /// Control values in a patch.
  public var controlWidth: Int { patchLength * controlCount }

  /// Control values that the refinement is told beside a frame: its own and its neighbours'.
  public var refinementControlWidth: Int { refinementControls ? 3 * controlCount : 0 }

  /// Values that a token reaches into either neighbour, and that it sees and makes in all.
  public var reach: Int { patchOverlap * bandCount }
  public var tokenWidth: Int { patchWidth + 2 * reach }

  /// What keeps the sizes from making a network, nil if nothing does.
  public var problem: String? {
    let sizes = [
      ("bandCount", bandCount, 4096), ("patchLength", patchLength, 64), ("bottleneckWidth", bottleneckWidth, 8192),
      ("width", width, 8192), ("depth", depth, 256), ("headCount", headCount, 256), ("expansion", expansion, 16),
      ("textWidth", textWidth, 8192),
    ]
    for (name, value, most) in sizes where value < 1 || value > most {
      return "\(name) is \(value), not within 1 … \(most)"
    }
    if controlCount < 0 || controlCount > 1024 { return "controlCount is \(controlCount), not within 0 … 1024" }
    if refinementWidth < 0 || refinementWidth > 8192 {
      return "refinementWidth is \(refinementWidth), not within 0 … 8192"
    }
    if alignmentWidth < 0 || alignmentWidth > 8192 {
      return "alignmentWidth is \(alignmentWidth), not within 0 … 8192"
    }
    if modulationRank < 0 || modulationRank > 8192 {
      return "modulationRank is \(modulationRank), not within 0 … 8192"
    }
    if patchOverlap < 0 || patchOverlap > patchLength {
      return "patchOverlap is \(patchOverlap), not within 0 … \(patchLength), the length of a patch"
    }
    if width % headCount != 0 || (width / headCount) % 32 != 0 {
      return "width \(width) does not divide into \(headCount) heads of a multiple of 32"
    }
    return nil
  }
}

extension DenoiserConfiguration {
  /// Reads the sizes of a network; older ones lack an `alignmentWidth`, a `modulationRank` or `refinementControls`.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func size(_ key: CodingKeys) throws -> Int { try values.decode(Int.self, forKey: key) }
    bandCount = try size(.bandCount)
    patchLength = try size(.patchLength)
    patchOverlap = try size(.patchOverlap)
    bottleneckWidth = try size(.bottleneckWidth)
    width = try size(.width)
    depth = try size(.depth)
    headCount = try size(.headCount)
    expansion = try size(.expansion)
    controlCount = try size(.controlCount)
    refinementWidth = try size(.refinementWidth)
    textWidth = try size(.textWidth)
    alignmentWidth = try values.decodeIfPresent(Int.self, forKey: .alignmentWidth) ?? 0
    modulationRank = try values.decodeIfPresent(Int.self, forKey: .modulationRank) ?? 0
    refinementControls = try values.decodeIfPresent(Bool.self, forKey: .refinementControls) ?? false
  }
}
