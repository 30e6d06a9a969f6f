import Foundation
import TestSupport
import Testing

/// What the tags of clips name and ask for.
extension StrangersTests {
  @Test("Tags of which no clip can be made are shown, and not replayed")
  func tags() throws {
    let (_, tags) = try clip()
    for (index, rate) in [0, -1, 1, 1 << 31].enumerated() {
      var changed = tags
      changed["sampleRate"] = rate
      try write(changed, "evil-\(index).wav")
      let replay = try directory.hiss("replay", "evil-\(index).wav")
      expectFailure(replay, code: SystemExit.badData, saying: "sample-rate \(rate) is not between")
      let inspect = try directory.hiss("inspect", "evil-\(index).wav")
      expectSuccess(inspect)
      #expect(inspect.output.contains("\(rate)") && inspect.errors.contains("no clip can be made of these tags"))
    }
    var morph = tags
    morph["sampleRate"] = 0
    morph["morph"] = ["to": tags["request"], "fraction": 0.5]
    try write(morph, "morph.wav")
    expectFailure(try directory.hiss("replay", "morph.wav"), code: SystemExit.badData, saying: "sample-rate 0")
    var long = tags
    var request = try #require(tags["request"] as? [String: Any])
    // No longer, or a WAV file does not keep them.
    for field in ["prompt", "negativePrompt"] { request[field] = String(repeating: "pad ", count: 5_000) }
    long["request"] = request
    try write(long, "long.wav")
    let shown = try directory.hiss("inspect", "long.wav")
    expectSuccess(shown)
    #expect(shown.output.utf8.count < 4000 && shown.errors.utf8.count < 1000, "\(shown.output.utf8.count)")
    let scripted = try directory.hiss("inspect", "--json", "long.wav")
    expectSuccess(scripted)
    #expect(
      scripted.output.utf8.count < 40_000 && scripted.errors.contains("is longer than 12000, and cut"),
      "\(scripted.errors)")
    var model = tags
    model["model"] = directory.file("Models/small").path
    model["modelHash"] = "0123456789abcdef"
    try write(model, "model.wav")
    expectFailure(try directory.hiss("replay", "model.wav"), code: SystemExit.noInput, saying: "is not here")
  }

  @Test("A recording outside of the clip's folder is read when that is asked for")
  func outside() throws {
    try directory.tone("take.wav")
    let options = ["--model", "small", "--steps", "1", "--seed", "1"]
    let run = try HissProcess.run(
      ["generate", "pad", "--init-audio", "take.wav", "-o", "out/clip.wav"] + options, in: directory.url)
    expectSuccess(run)
    expectSuccess(try directory.hiss("inspect", "out/clip.wav"))
    expectFailure(
      try directory.hiss("replay", "out/clip.wav", "-o", "again.wav"), code: SystemExit.noInput,
      saying: "outside of the clip's folder")
    let asked = try directory.hiss("replay", "out/clip.wav", "-o", "again.wav", "--outside")
    #expect(asked.exitCode == 0 && asked.errors.contains("the same bytes as"), "\(asked.errors)")
    expectSuccess(
      try directory.hiss("replay", "out/clip.wav", "-o", "named.wav", "--set", "init-audio=take.wav"))
    // From another folder too, whatever lies there under the same name.
    let other = directory.file("other")
    try FileManager.default.createDirectory(at: other, withIntermediateDirectories: false)
    try directory.tone("other/take.wav", seconds: 0.2)
    let models = ["HISS_MODELS": directory.file("Models").path]
    for folder in [other, directory.file("out")] {
      let clip = directory.file("out/clip.wav").path
      let far = try HissProcess.run(
        ["replay", clip, "-o", "far.wav", "--outside"], in: folder, environment: models)
      #expect(far.exitCode == 0 && far.errors.contains("the same bytes as"), "\(far.errors)")
    }
    // Where both lie in one folder nobody has to ask.
    try FileManager.default.moveItem(at: directory.file("take.wav"), to: directory.file("out/take.wav"))
    let beside = try directory.hiss("replay", "out/clip.wav", "-o", "beside.wav")
    #expect(beside.exitCode == 0 && beside.errors.contains("the same bytes as"), "\(beside.errors)")
  }
}
