import Corpus
import Foundation
import Instruments
import Jobs
import Packs
import Rendering
import Synthesis
import Testing

/// Plans as text, and what becomes of them.
@Suite("Plans of packs") struct PackPlanTests {
  private func plan(_ text: String) throws -> PackPlan { try PackPlan(Data(text.utf8), path: "p.yaml") }

  private func jobs(_ text: String) throws -> [Job] { try plan(text).jobs() }

  /// What is told of a plan, without the closing line.
  private func problems(_ text: String) -> [String] {
    do {
      _ = try jobs(text)
      return []
    } catch let error as ManifestError {
      return "\(error)".split(separator: "\n").dropLast().map(String.init)
    } catch { return ["\(error)"] }
  }

  private let folder = """
    name: Pack
    folders:
      - folder: Loops
        kind: loop
        prompts: [rock drum beat, jazz drum beat]
        tempos: [90, 120]

    """

  @Test func kindsSayWhatAFolderNeedNot() throws {
    let jobs = try jobs(
      folder + """
          - folder: Drums/Hits
            kind: one-shot
            prompts: snare drum
            count: 2
          - folder: Beds
            kind: phrase
            prompts: warm pad
            key: A minor
            duration: 3
            peak: -6
        """)
    #expect(
      jobs.map(\.id) == [
        "Loops/rock-drum-beat_90bpm_01", "Loops/jazz-drum-beat_120bpm_01", "Drums/Hits/snare-drum_01",
        "Drums/Hits/snare-drum_02", "Beds/warm-pad_Am_01",
      ])
    let (loop, hit, bed) = (jobs[0].request, jobs[2].request, jobs[4].request)
    #expect(loop.edit?.isLoop == true && abs(loop.duration - 4 * 4 * 60 / 90) < 1e-9 && loop.lufs == -20)
    #expect(hit.trims == true && hit.duration == 2 && hit.peak == -1 && hit.lufs == nil && hit.edit == nil)
    #expect(bed.trims != true && bed.duration == 3 && bed.peak == -6 && bed.lufs == nil)
    #expect(jobs[2].request.seed != jobs[3].request.seed)
  }

  @Test func defaultsGiveWayToAFoldersOwn() throws {
    let jobs = try jobs(
      """
      name: Pack
      defaults: {steps: 4, lufs: -14, negative prompt: noise}
      folders:
        - {folder: A, kind: loop, prompts: drum beat, bpm: 100}
        - {folder: B, kind: loop, prompts: drum beat, bpm: 100, duration: 1.2, steps: 6, peak: -3}
      """)
    #expect(jobs.map(\.request.steps) == [4, 6])
    #expect(jobs.map(\.request.lufs) == [-14, nil] && jobs.map(\.request.peak) == [nil, -3])
    #expect(jobs.map(\.request.negativePrompt) == ["noise", "noise"])
    #expect(jobs.map { $0.request.duration.rounded() } == [10, 1])
  }

  /// Every combination of prompt, tempo and key comes once before one comes again, and any two lists are mixed early.
  @Test(arguments: [(2, 3, 4), (4, 2, 4), (3, 3, 3), (1, 6, 4)])
  func listsGoRoundSideBySide(prompts: Int, tempos: Int, keys: Int) throws {
    let names = ["piano", "organ", "flute", "violin"].prefix(prompts).joined(separator: ", ")
    let keyNames = ["C", "D", "E", "F"].prefix(keys).joined(separator: ", ")
    let text = """
      name: Pack
      folders:
        - folder: A
          kind: loop
          bars: 1
          prompts: [\(names)]
          tempos: [\((0..<tempos).map { "\(100 + $0)" }.joined(separator: ", "))]
          keys: [\(keyNames)]
          count: \(2 * prompts * tempos * keys)
      """
    let requests = try jobs(text).map(\.request)
    let contents = requests.map {
      "\($0.prompt) \($0.controls?.tempo ?? 0) \($0.controls?.key ?? "")"
    }
    let total = prompts * tempos * keys
    #expect(Set(contents.prefix(total)).count == total)
    #expect(Set(contents.suffix(total)).count == total)
    #expect(Set(requests.map(\.seed)).count > total * 19 / 10)
  }

  @Test func aPlanThatGrowsKeepsItsClips() throws {
    func requests(_ text: String) throws -> [String: GenerationRequest] {
      Dictionary(uniqueKeysWithValues: try jobs(text).map { ($0.id, $0.request) })
    }
    let before = try requests(folder)
    let after = try requests(
      folder.replacing("[90, 120]", with: "[90, 120, 140]").replacing("rock drum beat,", with: "rock drum beat, waltz,")
        + "  - {folder: More, kind: one-shot, prompts: cowbell}\n")
    #expect(after.count == 4)
    #expect(after["Loops/rock-drum-beat_90bpm_01"] == before["Loops/rock-drum-beat_90bpm_01"])
    let other = try requests(folder + "seed: 7\n")
    #expect(other.values.allSatisfy { request in !before.values.contains { $0.seed == request.seed } })
  }

  @Test func instrumentsAndKits() throws {
    let jobs = try jobs(
      """
      name: Pack
      folders:
        - {folder: Keys, kind: instrument, prompts: [music box, church organ], range: C3..C4, every: 6, takes: 2}
        - {folder: Kits, kind: kit, prompts: 808 techno, drums: "kick, snare"}
      """)
    #expect(jobs.map(\.id) == ["Keys/music-box", "Keys/church-organ", "Kits/808-techno"])
    #expect(jobs[0].fileName(fileExtension: "wav") == "Keys/music-box/instrument.json")
    guard case .instrument(let plan) = jobs[0].product, case .kit(let kit) = jobs[2].product else {
      Issue.record("no instruments")
      return
    }
    #expect(plan.prompt == "music box" && plan.keys == 48...60 && plan.every == 6 && plan.takes == 2)
    #expect(kit.style == "808 techno" && kit.drums.map(\.name) == ["kick", "snare"])
    let hashes = jobs.map { $0.parametersHash(fileExtension: "wav") }
    #expect(Set(hashes).count == 3)
  }

  @Test func compositionsInStems() throws {
    let jobs = try jobs(
      """
      name: Pack
      defaults: {steps: 4, bars: 2}
      folders:
        - folder: Songs
          kind: stems
          prompts: [funk, synthwave]
          tempos: [104, 96]
          form: ["AABA", "verse 4 chorus 4"]
          arrange: no drums in bar 1
          stems: [chords, bass]
          count: 2
      """)
    #expect(jobs.map(\.id) == ["Songs/funk_104bpm_01", "Songs/synthwave_96bpm_01"])
    #expect(jobs[0].fileName(fileExtension: "flac") == "Songs/funk_104bpm_01/mix.wav")
    #expect(jobs.map(\.request.steps) == [4, 4] && jobs.map(\.request.lufs) == [-16, -16])
    #expect(jobs[0].request.controls?.tempo == 104 && jobs[0].request.seed != jobs[1].request.seed)
    let plans = jobs.map { job -> StemPlan? in if case .stems(let plan) = job.product { plan } else { nil } }
    #expect(plans[0]?.form == "AABA" && plans[0]?.roles == [.bass, .chords] && plans[0]?.arrangement != nil)
    #expect(plans[1]?.form == "verse 4 chorus 4" && plans[1]?.roles == [.bass, .chords] && plans[1]?.bars == 2)
    #expect(jobs[0].parametersHash(fileExtension: "wav") != jobs[1].parametersHash(fileExtension: "wav"))
    let sketch = try plans[1]?.sketch(of: jobs[1].request)
    #expect(sketch?.idea.sections.map(\.name) == ["verse", "chorus", "ending"] && sketch?.idea.tempo == 96)
  }

  @Test(arguments: [
    (
      "name: A\nfolders:\n  - {folder: S, kind: stems, prompts: x, stems: [drums, harp]}",
      ["p.yaml:3: stems: \"harp\" is none of drums, bass, chords, lead"]
    ),
    (
      "name: A\nfolders:\n  - folder: S\n    kind: stems\n    prompts: x\n    form: verse foo",
      ["p.yaml:5: form: word 2"]
    ),
    (
      "name: A\nfolders:\n  - folder: S\n    kind: stems\n    prompts: x\n    bpm: 60\n    form: A64 B64",
      ["p.yaml:5: 129 bars at 60 bpm are 516 s, more than 180"]
    ),
    (
      "name: A\nfolders:\n  - {folder: S, kind: stems, prompts: x, bars: 80}",
      ["p.yaml:3: bars: 80 is not between 1 and 64"]
    ),
    (
      "name: A\nfolders:\n  - {folder: S, kind: stems, prompts: x, loop: true}",
      ["p.yaml:3: a folder of stems: loop is unknown"]
    ),
    ("name: A\nfolders:\n  - folder: L\n    kind: lop\n    prompts: x", ["p.yaml:4: kind: lop is none of loop"]),
    ("name: A\nfolders:\n  - folder: L\n    prompts: x", ["p.yaml:3: there is no kind"]),
    (
      "name: A\nfolders:\n  - folder: L\n    kind: loop\n    colour: red\n    prompts: x",
      ["p.yaml:5: a folder of loops: colour is unknown"]
    ),
    (
      "name: A\nfolders:\n  - folder: L\n    kind: loop\n    prompts: x\n    tempos:\n      - 90\n      - fast",
      ["p.yaml:8: bpm: wants a number"]
    ),
    (
      "name: A\nfolders:\n  - folder: L\n    kind: loop\n    prompts: [x, y]\n    bpm: 90\n    steps: 5000",
      ["p.yaml:5: 5000 steps are not between"]
    ),
    ("name: A\nfolders:\n  - folder: L\n    kind: loop\n    prompts: [x, y]", ["p.yaml:5: bars wants a tempo"]),
    (
      "name: A\nfolders:\n  - folder: L\n    kind: one-shot\n    prompts: x\n    count: 0",
      ["p.yaml:6: count: 0 is not between 1"]
    ),
    ("name: A\nfolders:\n  - folder: ../L\n    kind: one-shot\n    prompts: x", ["p.yaml:3: folder: ../L is no path"]),
    (
      "name: A\nfolders:\n  - folder: L\n    kind: one-shot\n    prompts: x\n    name: \"{colour}\"",
      ["p.yaml:6: name: {colour} is unknown"]
    ),
    ("name: A\nfolders:\n  - folder: L\n    kind: one-shot\n    prompts:", ["p.yaml:5: prompts: has no value"]),
    (
      "name: A\nfolders:\n  - folder: L\n    kind: one-shot\n    prompts:\n      - drums: loud",
      ["p.yaml:6: prompts: a value with a colon"]
    ),
    ("name: A\nname: B\nfolders: []", ["p.yaml:1: name: said twice"]),
    ("name: A\nfolders: []", ["p.yaml:2: folders: wants a list"]),
    (
      "folders:\n  - {folder: L, kind: one-shot, prompts: x}\n  - {folder: l, kind: kit, prompts: x}",
      ["p.yaml:1: there is no name", "p.yaml:3: the folder l is that of line 2"]
    ),
    ("name: A\nformat: mp4\nfolders:\n  - {folder: L, kind: one-shot, prompts: x}", ["p.yaml:2: format: wants one of"]),
    ("name: A\n  folders: [", ["p.yaml:2: this is no YAML"]),
    ("- a\n- b", ["p.yaml:1: the plan: wants lines of the form"]),
    ("", ["p.yaml:1: there is nothing in it"]),
    (
      "name: A\nfolders:\n  - {folder: K, kind: kit, prompts: x, drums: [kick, gong]}",
      ["p.yaml:3: drums: no kit has a drum \"gong\""]
    ),
    (
      "name: A\nfolders:\n  - {folder: K, kind: instrument, prompts: x, range: C9..C1}",
      ["p.yaml:3: range: C9..C1 is not a low and a high key"]
    ),
    (
      "name: A\nfolders:\n  - folder: L\n    kind: loop\n    prompts: [rock drum beat, 120 bpm]\n    bpm: 90",
      ["p.yaml:5: prompts: \"120 bpm\" says no sound"]
    ),
    (
      "name: A\nfolders:\n  - {folder: L, kind: one-shot, prompts: x, lufs: -14, peak: -1}",
      ["p.yaml:3: a clip has a loudness or a peak"]
    ),
  ])
  func everyProblemIsToldWithItsLine(text: String, expected: [String]) {
    let found = problems(text)
    #expect(found.count == expected.count, "\(found)")
    for (line, start) in zip(found, expected) { #expect(line.hasPrefix(start), "\(line)") }
  }

  @Test func whatIsNoTextIsRefused() {
    #expect(throws: ManifestError.self) { try PackPlan(Data([0xFF, 0xFE, 0x41]), path: "p.yaml") }
    let billion = (1..<12).reduce("a0: &a0 [x, x]\n") { text, index in
      text + "a\(index): &a\(index) [*a\(index - 1), *a\(index - 1), *a\(index - 1), *a\(index - 1)]\n"
    }
    #expect(problems(billion + "name: A\n").first?.contains("is unknown") == true)
  }

  /// The plan that the documentation has, which makes 200.
  @Test func theDocumentedPlanIsOfTwoHundred() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let plan = try PackPlan(reading: root.appendingPathComponent("docs/pack-200.yaml"))
    let jobs = try plan.jobs()
    #expect(jobs.count == 200 && Set(jobs.map(\.id)).count == 200)
  }
}

extension PackPlan {
  /// Its jobs, for a model with controls that has no list of words.
  func jobs() throws -> [Job] { try manifest(hearsPrompts: true, vocabulary: nil, endsSounds: false).jobs }
}
