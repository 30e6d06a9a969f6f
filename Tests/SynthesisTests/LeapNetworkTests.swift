import Audio
import Denoising
import Diffusion
import Foundation
import Layers
import Synthesis
import Tensors
import Testing

@Suite("Clips in few steps")
struct LeapNetworkTests {
  private let model: SmallModel

  init() throws { model = try SmallModel() }

  private func request(steps: Int, _ change: (inout GenerationRequest) -> Void = { _ in }) -> GenerationRequest {
    var request = GenerationRequest(prompt: "piano", duration: 0.4, steps: steps, seed: 3, vocoderIterations: 4)
    change(&request)
    return request
  }

  /// What a model may have learned: of a vector and of a matrix.
  private var differences: WeightDifferences {
    let network = model.bundle.denoiser.copy(leapCount: Leap.featureCount)
    let learned = network.parameters.filter { $0.name == "leap.weight" || $0.name == "final.output.bias" }
    return WeightDifferences(
      learned.map { parameter in
        let shape = parameter.value.shape
        return (parameter.name, .whole(RandomSource(seed: 5).normals(shape)))
      })
  }

  /// The model's folder, with what it leaps with.
  private func write() throws -> URL {
    try model.bundle.write()
    let folder = model.bundle.directory
    try LeapNetwork.write(differences, learnedFrom: ModelBundle.weightsHash(of: folder), inModel: folder)
    return folder
  }

  private func clips(_ bundle: ModelBundle, _ requests: [GenerationRequest], threads: Int = 1) throws -> [[Float]] {
    try Synthesizer(model: bundle, encoder: model.encoder, threads: threads).generate(requests).map(\.samples)
  }

  @Test("Two steps leap, and others are those of the model")
  func leaps() throws {
    let plain = try write()
    let leaping = try ModelBundle(reading: plain)
    try FileManager.default.removeItem(at: LeapNetwork.url(inModel: plain))
    let without = try ModelBundle(reading: plain)
    let requests = [1, 2, 3, 4, 5, 8].map { request(steps: $0) }
    let (with, before) = (try clips(leaping, requests), try clips(without, requests))
    #expect(zip(with, before).map { $0 == $1 } == [true, false, true, true, true, true])
    #expect(try clips(leaping, requests, threads: 3) == with)
    // Leaps of another guidance are others, which without leaps is so only because branches differ.
    #expect(try clips(leaping, [request(steps: 2) { $0.guidanceScale = 1.5 }])[0] != with[1])
  }

  @Test("What was learned from other weights is not leapt with, and tells only clips that leap from others")
  func otherWeights() throws {
    let folder = try write()
    let hash = try ModelBundle.hash(of: folder)
    #expect(try ModelBundle(reading: folder).leaps != nil)
    let source = try ModelSource(folder: folder)
    var here = ClipEnvironment.unknown
    here.leaps = try source.leapsHash()
    #expect(here.of(request(steps: 2)) == here && here.of(request(steps: 8)) == .unknown)
    #expect(here.of(request(steps: 2)).differences(here: .unknown).count == 1)
    try LeapNetwork.write(differences, learnedFrom: "0123456789abcdef", inModel: folder)
    #expect(try ModelBundle(reading: folder).leaps == nil)
    // Files without a word of it are of nobody's weights.
    try Safetensors.write(differences.tensors, to: LeapNetwork.url(inModel: folder))
    #expect(try ModelBundle(reading: folder).leaps == nil)
    #expect(try ModelBundle.hash(of: folder) == hash, "clips of more steps stay this model's")
  }

  @Test("What leaps have not learned goes in the model's own steps, as do clips of earlier revisions")
  func others() throws {
    let folder = try write()
    let leaping = try ModelBundle(reading: folder)
    let changes: [(inout GenerationRequest) -> Void] = [
      { $0.revision = 3 }, { $0.negativePrompt = "drum" }, { $0.guidanceScale = 1 }, { $0.sampler = .heun },
      { $0.timeShift = 2 },
      {
        $0.edit = EditRequest()
        $0.edit?.isLoop = true
      },
      {
        $0.controls = ControlRequest()
        $0.controls?.note = "C4"
        $0.controls?.scale = 4
      },
    ]
    let requests = changes.map { request(steps: 2, $0) }
    let with = try clips(leaping, requests)
    try FileManager.default.removeItem(at: LeapNetwork.url(inModel: folder))
    let without = try clips(ModelBundle(reading: folder), requests)
    for (number, pair) in zip(with, without).enumerated() { #expect(pair.0 == pair.1, "change \(number)") }
  }

  @Test("A file that is damaged or of another network is refused")
  func files() throws {
    let folder = try write()
    let url = LeapNetwork.url(inModel: folder)
    let whole = try Data(contentsOf: url)
    try FileManager.default.removeItem(at: url)
    #expect(try ModelBundle(reading: folder).leaps == nil && ModelSource(folder: folder).leapsHash() == nil)
    try whole.prefix(whole.count - 5).write(to: url)
    #expect(throws: ModelError.self) { try ModelBundle(reading: folder) }
    let stranger = WeightDifferences([("leap.weight", .whole(Tensor([3, 3])))])
    try LeapNetwork.write(stranger, learnedFrom: ModelBundle.weightsHash(of: folder), inModel: folder)
    #expect(throws: ModelError.self) { try ModelBundle(reading: folder) }
  }
}
