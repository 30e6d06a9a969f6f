public import Layers
public import Tensors

/// The denoiser: a plain transformer over large patches of mel frames that predicts the clean frames (Li & He 2025,
/// "Back to Basics: Let Denoising Generative Models Denoise").
///
/// Each token is `patchLength` frames and a few of its neighbours', squeezed through a bottleneck; what the tokens make
/// overlaps likewise and is added up, so that there is no seam where patches meet; a filter over single frames then adds
/// the detail that a token cannot carry. The text encoder's states stand as tokens in front of the audio; the sentence
/// embedding and the diffusion time together modulate every block.
public struct DiffusionTransformer: Module {
  public let configuration: DenoiserConfiguration
  let squeeze: Linear
  let widen: Linear
  let controls: Linear?
  let textTokens: Linear
  let sentence: Linear
  /// nil for a network without one.
  public let alignment: CaptionAlignment?
  /// nil for a network that is not told.
  public let expectation: ExpectedSound?
  let time: TimeEmbedding
  /// What the network is told of how a clip was varied; without a bias, so that nothing told changes nothing.
  let variation: Linear?
  /// What it is told of how much a clip is liked, likewise.
  let liking: Linear?
  /// What it is told of how far a step goes, likewise.
  let leap: Linear?
  let modulation: Linear
  let blocks: [TransformerBlock]
  let finalModulation: Linear
  let output: Linear
  let refinement: Refinement?
  private let table: RotaryTable

  /// The most audio tokens of one clip: 4096 patches of 6 frames are seven minutes.
  public static let maximumTokenCount = 4096

  /// A new network, its numbers decided by the seed of `random`; nil for one that is loaded before it is used.
  public init(_ configuration: DenoiserConfiguration, _ random: RandomSource?) {
    let (width, sizes) = (configuration.width, configuration)
    self.configuration = configuration
    squeeze = Linear("input.squeeze", sizes.tokenWidth, sizes.bottleneckWidth, random)
    widen = Linear("input.widen", sizes.bottleneckWidth, width, bias: true, random)
    controls =
      sizes.controlCount > 0 ? Linear("input.controls", sizes.controlWidth, width, initial: .zeros, random) : nil
    textTokens = Linear("text.tokens", sizes.textWidth, width, bias: true, random)
    sentence = Linear("text.sentence", sizes.textWidth, width, bias: true, random)
    alignment = sizes.alignmentWidth > 0 ? CaptionAlignment(sizes, random) : nil
    expectation = sizes.expectationKnots > 0 ? ExpectedSound(sizes, random) : nil
    time = TimeEmbedding("time", width: width, random)
    variation =
      sizes.variationCount > 0 ? Linear("variation", sizes.variationCount, width, initial: .zeros, random) : nil
    liking = sizes.likingCount > 0 ? Linear("liking", sizes.likingCount, width, initial: .zeros, random) : nil
    leap = sizes.leapCount > 0 ? Linear("leap", sizes.leapCount, width, initial: .zeros, random) : nil
    modulation = Linear("modulation", width, 6 * width, bias: true, initial: .zeros, random)
    blocks = (0..<sizes.depth).map { TransformerBlock("blocks.\($0)", sizes, random) }
    finalModulation = Linear("final.modulation", width, 2 * width, bias: true, initial: .zeros, random)
    output = Linear("final.output", width, sizes.tokenWidth, bias: true, initial: .zeros, random)
    refinement = sizes.refinementWidth > 0 ? Refinement(sizes, random) : nil
    table = RotaryTable(headWidth: width / sizes.headCount, positionCount: Self.maximumTokenCount + 1)
  }

  /// What control values are multiplied by. Between 0 and 1, and most of them 0, they would be small beside the noisy
  /// patches, whose embedding is some seven times as large as they are; after 2,500 steps they were hardly followed.
  var controlFactor: Float { Float(configuration.controlWidth).squareRoot() }

  /// What the values of a variation are multiplied by, for the same reason, and those of a liking.
  var variationFactor: Float { Float(configuration.variationCount).squareRoot() }
  var likingFactor: Float { Float(configuration.likingCount).squareRoot() }

  public var parameters: [Parameter] {
    let ends: [any Module] = [squeeze, widen, textTokens, sentence, time, modulation, finalModulation, output]
    let parts: [(any Module)?] = [refinement, controls, alignment, expectation, variation, liking, leap]
    return ends.flatMap(\.parameters) + blocks.flatMap(\.parameters) + parts.flatMap { $0?.parameters ?? [] }
  }

  /// The parameters of each block, the last first: in this order `backward` makes their gradients whole (`Tape.begin(using:)`).
  package var blockParameters: [[Parameter]] { blocks.reversed().map(\.parameters) }

  /// What the network makes of the captions: once per clip, whatever the number of steps.
  /// - Parameters:
  ///   - tokens: `[text rows, textWidth]`, the sequences' states back to back, laid out by `layout`.
  ///   - sentences: `[sequence, textWidth]`, each of length 1.
  ///   - audio: the audio tokens of each sequence.
  ///   - starts: the first frame of each sequence within its clip; nil for the clips' first.
  public func encode(
    tokens: Tensor, layout: SequenceLayout, sentences: Tensor, audio: SequenceLayout, starts: [Int]? = nil,
    on tape: Tape
  ) -> EncodedText {
    let scaled = sentences.scaled(by: configuration.sentenceFactor)
    let projected = sentence(tape.constant(scaled))
    guard let alignment else {
      return EncodedText(tokens: textTokens(tape.constant(tokens)), layout: layout, sentences: projected, expected: nil)
    }
    let starts = starts ?? [Int](repeating: 0, count: audio.count)
    return EncodedText(
      tokens: textTokens(tape.constant(tokens)), layout: layout, sentences: projected + alignment(scaled, on: tape),
      expected: expectation?.patches(of: alignment.features(of: scaled), layout: audio, starts: starts))
  }

  /// The clean patches that the network sees behind noisy ones.
  /// - Parameters:
  ///   - patches: `[audio tokens, patchWidth]`, noisy (z_t), scaled as the model's statistics say.
  ///   - times: t of each sequence, 0 (noise) … 1 (clean).
  ///   - layout: the audio tokens of each sequence.
  ///   - controls: `[audio tokens, controlWidth]`, what the clip is asked to do; nil, like zeros, asks for nothing.
  ///   - variations: `[sequence, variationCount]`, how each clip was varied, for training only (Karras et al. 2022,
  ///     "Elucidating the Design Space of Diffusion-Based Generative Models", appendix F.2); nil, like zeros, for not at
  ///     all, which is what generating asks for.
  ///   - likings: `[sequence, likingCount]`, how much each clip is liked; nil, like zeros, where nothing is said of it.
  ///   - leaps: `[sequence, leapCount]`, how far each step goes; nil, like zeros, for steps that want the clean patches.
  /// - Returns: `[audio tokens, patchWidth]`.
  public func callAsFunction(
    _ patches: Variable, times: [Float], text: EncodedText, layout: SequenceLayout, controls track: Tensor? = nil,
    variations: Tensor? = nil, likings: Tensor? = nil, leaps: Tensor? = nil
  ) -> Variable {
    let (tape, reach) = (patches.tape, configuration.reach)
    let text = text.on(tape)
    let seen = patches.unfold(reach: reach, layout: layout)
    var audio = widen(squeeze(seen))
    let asked = track.map { tape.constant($0.scaled(by: controlFactor)) }
    if let controls, let asked { audio = audio + controls(asked) }
    if let expectation, let expected = text.expected { audio = audio + expectation.heard(expected, on: tape) }
    var told = time(times, on: tape) + text.sentences
    if let variation, let variations { told = told + variation(tape.constant(variations.scaled(by: variationFactor))) }
    if let liking, let likings { told = told + liking(tape.constant(likings.scaled(by: likingFactor))) }
    if let leap, let leaps { told = told + leap(tape.constant(leaps)) }
    let condition = told.silu()
    let shared = modulation(condition)
    let joined = text.layout.joined(with: layout)
    let positions = zip(text.layout.lengths, layout.lengths).flatMap { text, audio in
      Array(repeating: 0, count: text) + Array(1...audio)
    }
    var x = text.tokens.joined(text.layout, with: audio, layout)
    for block in blocks {
      tape.begin(using: block.parameters)
      x = block(x, shared: shared, condition: condition, layout: joined, positions: positions, table: table)
    }
    let final = finalModulation(condition)
    let last = x.second(text.layout, layout).adaptiveNorm(
      shift: ModulationPart(0, of: final, layout: layout), scale: ModulationPart(1, of: final, layout: layout))
    var coarse = output(last).fold(reach: reach, layout: layout)
    if let expectation, let expected = text.expected {
      coarse = expectation.added(to: coarse, expected, condition: condition, layout: layout)
    }
    return refinement?(coarse, patches: patches, condition: condition, controls: asked, layout: layout) ?? coarse
  }
}

/// Captions as the denoiser takes them.
public struct EncodedText {
  let tokens: Variable
  let layout: SequenceLayout
  let sentences: Variable
  /// What the captions sound like on average, less what all clips do, `[audio tokens, patchWidth]`; nil for a network that
  /// is not told.
  package let expected: Tensor?

  /// The same for audio whose tokens lie elsewhere.
  package func moving(_ rows: (Tensor) -> Tensor) -> EncodedText {
    EncodedText(tokens: tokens, layout: layout, sentences: sentences, expected: expected.map(rows))
  }

  /// The same on another tape, as constants: what was made once for a clip serves each of its steps.
  func on(_ tape: Tape) -> EncodedText {
    guard tokens.tape !== tape else { return self }
    precondition(!tokens.tape.isRecording, "captions that a tape has recorded are of use to that tape alone")
    return EncodedText(
      tokens: tape.constant(tokens.value), layout: layout, sentences: tape.constant(sentences.value),
      expected: expected)
  }
}
