import Audio
import Diffusion
import Foundation
import Spectra
import Synthesis
import Tensors
import Testing

@Suite("Relatives of a clip")
struct RelationTests {
  private let model: SmallModel

  init() throws { model = try SmallModel() }

  private let source = GenerationRequest(prompt: "piano", duration: 0.6, steps: 3, seed: 7, vocoderIterations: 4)

  private func cosine(_ a: Tensor, _ b: Tensor) -> Double {
    func product(_ a: Tensor, _ b: Tensor) -> Double {
      zip(a.values, b.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    return product(a, b) / (product(a, a) * product(b, b)).squareRoot()
  }

  /// All corners of a regular simplex on the sphere: as far from each other as from the source, and as long as noise is.
  @Test func noisesAreAtOneAngleToEachOther() throws {
    let synthesizer = model.synthesizer(threads: 1)
    var long = source
    long.duration = 40
    let origin = synthesizer.noise(of: try synthesizer.plan(long))
    var last = 1.0
    for distance in [0.1, 0.3, 0.5, 0.7, 1] {
      let noises = try long.relatives(count: 4, distance: distance, seed: 100).map {
        synthesizer.noise(of: try synthesizer.plan($0))
      }
      let toSource = noises.map { cosine(origin, $0) }
      let mean = toSource.reduce(0, +) / 4
      #expect(toSource.allSatisfy { abs($0 - mean) < 0.02 } && mean < last - 0.001, "\(distance): \(toSource)")
      for first in 0..<4 {
        let square = noises[first].values.reduce(0) { $0 + Double($1) * Double($1) } / Double(noises[first].count)
        #expect(abs(square - 1) < 0.05)
        for second in 0..<first { #expect(abs(cosine(noises[first], noises[second]) - mean) < 0.03) }
      }
      last = mean
    }
    #expect(abs(last) < 0.02, "at 1 nothing of the source is left")
  }

  /// As far from the source as other relatives, and near to those that were liked.
  @Test func whatIsMadeLeansTowardRelativesThatWereLiked() throws {
    let synthesizer = model.synthesizer(threads: 1)
    var long = source
    long.duration = 40
    func noise(_ request: GenerationRequest) throws -> Tensor { synthesizer.noise(of: try synthesizer.plan(request)) }
    let set = long.relatives(count: 4, distance: 0.8, seed: 100)
    var leaning = long.relatives(count: 1, distance: 0.8, seed: 200)[0]
    leaning.relation?.set = 100
    let plain = try noise(leaning)
    leaning.relation?.liked = [100, 102]
    let made = try noise(leaning)
    let origin = try noise(long)
    #expect(abs(cosine(made, origin) - cosine(plain, origin)) < 0.02)
    let square = made.values.reduce(0) { $0 + Double($1) * Double($1) } / Double(made.count)
    #expect(abs(square - 1) < 0.05)
    for (place, other) in set.enumerated() {
      let gain = cosine(made, try noise(other)) - cosine(plain, try noise(other))
      #expect(place % 2 == 0 ? gain > 0.2 : abs(gain) < 0.03, "\(place): \(gain)")
    }
    leaning.relation?.lean = 0
    #expect(try noise(leaning).values == plain.values)
    leaning.relation?.liked = [100]
    leaning.relation?.lean = 1
    #expect(cosine(try noise(leaning), try noise(set[0])) > 0.999)
  }

  @Test func atNoDistanceItIsTheClipItselfAndElseAnother() throws {
    let synthesizer = model.synthesizer(threads: 2)
    let own = try synthesizer.generate([source])[0]
    #expect(try synthesizer.generate(source.relatives(count: 2, distance: 0, seed: 3)) == [own, own])
    for sampler in [SamplerKind.euler, try #require(SamplerKind(rawValue: "sde"))] {
      var request = source
      request.sampler = sampler
      let relatives = request.relatives(count: 3, distance: 0.3, seed: 3)
      let made = try synthesizer.generate(relatives)
      #expect(Set((made + [own]).map(\.samples)).count == 4)
      #expect(try model.synthesizer(threads: 1).generate([relatives[1]])[0] == made[1])
    }
  }

  /// Its source is the relative, and not the clip that has the relative's seed.
  @Test func aRelativeHasRelativesItself() throws {
    let synthesizer = model.synthesizer(threads: 2)
    let relative = source.relatives(count: 1, distance: 0.6, seed: 3)[0]
    let own = try synthesizer.generate([relative])[0]
    let next = relative.relatives(count: 2, distance: 0, seed: 9)
    #expect(try synthesizer.generate(next) == [own, own])
    var long = relative
    long.duration = 20
    func noise(_ request: GenerationRequest) throws -> Tensor { synthesizer.noise(of: try synthesizer.plan(request)) }
    #expect(cosine(try noise(long), try noise(long.relatives(count: 1, distance: 0.1, seed: 9)[0])) > 0.99)
    #expect(next[0].problem == nil && next[0].relation?.seed == 3 && next[0].relation?.former?.first?.seed == 7)
    #expect(RequestField.rows(of: next[0]).contains { $0.name == "vary-former" && $0.value == "0.6 from seed 7" })
    let encoded = try JSONEncoder().encode(next[0])
    #expect(try JSONDecoder().decode(GenerationRequest.self, from: encoded) == next[0])
    let deep = (0..<17).reduce(source) { request, seed in
      request.relatives(count: 1, distance: 0.1, seed: UInt64(seed))[0]
    }
    #expect(deep.problem == "a relative of relatives of more than 16 clips in a row")
  }

  @Test func aSetHasOneLengthWhereThatIsKept() throws {
    var short = source
    short.trims = true
    for seconds in [0.25, 0.9] {
      let made = try model.synthesizer(threads: 2).generate(
        short.relatives(count: 2, distance: 0.5, seed: 3, seconds: seconds))
      #expect(made.allSatisfy { $0.frameCount == Int(seconds * 8000) })
    }
  }

  @Test func aRelationIsKeptInTagsAndMissingFromOthers() throws {
    var relative = source.relatives(count: 1, distance: 0.25, seed: 3, seconds: 1)[0]
    #expect(try !String(decoding: JSONEncoder().encode(relative), as: UTF8.self).contains("liked"))
    relative.relation?.liked = [4, 9]
    relative.relation?.lean = 0.5
    let encoded = try JSONEncoder().encode(relative)
    #expect(try JSONDecoder().decode(GenerationRequest.self, from: encoded) == relative)
    #expect(try !String(decoding: JSONEncoder().encode(source), as: UTF8.self).contains("relation"))
    var draft = RequestDraft()
    for (name, value) in RequestField.rows(of: relative) { try draft.set(name, to: .untyped(value)) }
    #expect(try draft.resolve(takesControls: false).request == relative)
    var wrong = relative
    wrong.relation?.distance = 1.5
    #expect(wrong.problem == "a distance of 1.5 is not between 0 and 1")
    wrong = relative
    wrong.relation?.liked = []
    #expect(wrong.problem == "0 relatives that were liked are not between 1 and 16")
    wrong = relative
    wrong.relation?.lean = -1
    #expect(wrong.problem == "a lean of -1.0 is not between 0 and 1")
    #expect(throws: FieldProblem.self) { try draft.set("vary-liked", to: .untyped("4 x")) }
  }

  @Test("A share of a variation lies between it and its recording, frame by frame")
  func shares() throws {
    let file = model.folder.appendingPathComponent("tone.wav")
    let tone = (0..<4800).map { 0.5 * Float(sin(Double($0) * 0.3)) }
    try AudioFile.write(AudioClip(mono: tone, sampleRate: 8000), to: file)
    let synthesizer = model.synthesizer(threads: 1)
    func frames(_ share: Double?) throws -> [Float] {
      var request = source
      var edit = EditRequest()
      (edit.source, edit.strength, edit.share) = (try ControlFile(path: file.path, as: .sound), 0.5, share)
      request.edit = edit
      #expect(request.problem == nil)
      return try synthesizer.frames(synthesizer.plan(request)).values
    }
    let (none, half, all) = (try frames(0), try frames(0.5), try frames(1))
    // Where nothing is cut at the ends of the scale.
    let inside = none.indices.filter { abs(none[$0]) < 0.99 && abs(all[$0]) < 0.99 }
    #expect(inside.count > none.count / 10 && none != all)
    #expect(inside.allSatisfy { abs((none[$0] + all[$0]) / 2 - half[$0]) < 1e-4 })
    #expect(try zip(frames(nil), all).allSatisfy { abs($0 - $1) < 1e-4 })
  }
}
