import Foundation
import Synthesis
import Tensors
import Testing
import Text

@Suite("What a model takes words for")
struct WordReaderTests {
  /// An encoder to which a word that begins as another is near to it.
  private func reader(glossary: String = "") throws -> WordReader {
    let names = ["violin", "piano", "drums"]
    let vocabulary = Vocabulary(
      terms: names.map { .init($0, .instrument) } + [
        .init("sad", .mood), .init("melody", .form), .init("chords", .form),
      ],
      termRows: Tensor([3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1]), captionRows: Tensor([3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1]))
    return WordReader(vocabulary: vocabulary, glossary: try Glossary(lines: glossary)) { text in
      var values = names.map { name in text.lowercased().contains(name.prefix(4)) ? Float(1) : 0.1 }
      let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      values = values.map { $0 / length }
      return TextEmbedding(tokens: Tensor([1, 3], values), sentence: Tensor([3], values))
    }
  }

  private func notes(_ prompt: String, glossary: String = "") throws -> [PromptUnderstanding.Note] {
    try reader(glossary: glossary).understanding(of: GenerationRequest(prompt: prompt)).remarkable
  }

  @Test("Of words of the captions, tempo, key and chords nothing is said")
  func known() throws {
    #expect(try notes("a sad violin melody in A minor, 90 bpm, chords Am F C G").isEmpty)
    #expect(try notes("play me some drums, please").isEmpty)
  }

  @Test("Words that the glossary explains, words that are near, and others")
  func kinds() throws {
    #expect(try notes("fiddle", glossary: "fiddle\tviolin").map(\.kind) == [.explained])
    #expect(try notes("pianola").map(\.kind) == [.near])
    #expect(try notes("pianola")[0].meaning == "piano")
    let unknown = try notes("a laser zap")
    #expect(unknown.map(\.words) == ["laser zap"] && unknown[0].kind == .unknown)
    #expect(unknown[0].line(model: "m").hasPrefix("nothing like \"laser zap\" was learned; nearest: "))
    #expect(try notes("footstep on gravel").map(\.words) == ["footstep on gravel"])
    #expect(try notes("rain, thunder").map(\.words) == ["rain", "thunder"])
  }

  @Test("Of letters and signs that the encoder cannot read nothing is near", arguments: ["собака", "🎹", "مطر", "강아지"])
  func unreadable(prompt: String) throws {
    let notes = try notes(prompt)
    #expect(notes.map(\.words) == [prompt] && notes[0].kind == .unknown && notes[0].meaning == nil)
  }

  @Test("Confidence is high where words are known, and low where none is")
  func confidence() throws {
    let reader = try reader()
    #expect(reader.understanding(of: GenerationRequest(prompt: "sad violin melody")).isConfident)
    for prompt in ["asdf qwer", "🎹", "...", "!!!"] {
      let understanding = reader.understanding(of: GenerationRequest(prompt: prompt))
      #expect(!understanding.isConfident && understanding.refusal != nil, "\(prompt)")
    }
  }

  @Test("What only the negative prompt says is told too, and does not count for the confidence")
  func negative() throws {
    var request = GenerationRequest(prompt: "sad violin melody")
    let before = try reader().understanding(of: request)
    request.negativePrompt = "reverb"
    let after = try reader().understanding(of: request)
    #expect(after.unknownWords == ["reverb"] && after.confidence == before.confidence)
  }
}

@Suite("What a prompt is read as")
struct PromptReadingTests {
  private func request(_ prompt: String, hearing: Bool = true) throws -> GenerationRequest {
    var draft = RequestDraft()
    draft.prompt = prompt
    draft.hearsPrompt = hearing
    return try draft.resolve().request
  }

  @Test("What it excludes becomes the negative prompt, and the prompt stays the user's")
  func excluded() throws {
    let request = try request("jazz trio without drums in A minor")
    #expect(request.prompt == "jazz trio without drums in A minor")
    #expect(request.understoodPrompt == "jazz trio in A minor" && request.negativePrompt == "drums")
    #expect(request.negativeScale == GenerationRequest.usualNegativeScale)
    #expect(request.controls?.key == "A minor")
    #expect(try self.request("jazz trio without drums", hearing: false).understoodPrompt == nil)
  }

  @Test("Nothing is added to the request of a plain prompt")
  func plain() throws {
    let json = String(decoding: try JSONEncoder().encode(try request("warm pad")), as: UTF8.self)
    #expect(!json.contains("understood") && !json.contains("negativeScale"))
  }

  @Test("Both prompts that exclude are kept away from")
  func joined() throws {
    var draft = RequestDraft()
    draft.prompt = "piano, no drums"
    draft.negativePrompt = "choir"
    #expect(try draft.resolve().request.negativePrompt == "choir, drums")
  }

  @Test("A request that was made before is not read again")
  func replayed() throws {
    var old = GenerationRequest(prompt: "no drums, just bass", negativePrompt: "choir")
    #expect(try RequestDraft(old).resolve(takesControls: false).request == old)
    old.understoodPrompt = "bass guitar"
    var draft = RequestDraft(old)
    draft.seed = 8
    let again = try draft.resolve(takesControls: false).request
    #expect(again.understoodPrompt == "bass guitar" && again.negativeScale == nil)
    draft.prompt = "piano"
    #expect(try draft.resolve(takesControls: false).request.understoodPrompt == nil)
  }

  @Test(
    "Names of files keep letters of any script",
    arguments: [
      ("warm pad", "warm-pad"), ("温暖的钢琴，a小调", "温暖的钢琴-a小调"), ("Flügelhorn in Öl", "flügelhorn-in-öl"),
      ("cafe\u{301} piano", "café-piano"), ("🎹", "clip"), ("a/b\\..:c", "a-b-c"),
    ])
  func names(prompt: String, name: String) { #expect(ClipName.of(prompt) == name) }

  @Test("Long names are cut, and told apart")
  func longNames() {
    let names = [String(repeating: "钢琴旋律", count: 30), String(repeating: "钢琴旋律", count: 31)].map(ClipName.of)
    #expect(names[0] != names[1] && names.allSatisfy { $0.utf8.count < 200 })
    #expect(ClipName.of(String(repeating: "a b ", count: 40)).hasPrefix("a-b-a-b-"))
  }
}
