import Audio
import Foundation
import Spectra
import Synthesis

/// What comes with a clip or a model from elsewhere, and is checked field by field before anything is made of it.
extension ReaderUnderTest {
  /// Whether a clip's tags are read and name a clip that can be made.
  static func acceptsTags(_ url: URL) -> Bool {
    guard let data = try? Data(contentsOf: url),
      let tags = ClipTags(AudioTags(comment: String(decoding: data, as: UTF8.self)))
    else { return false }
    _ = RequestField.rows(of: tags.request)
    _ = tags.json
    guard tags.problem == nil else { return false }
    _ = tags.findingFiles(beside: url)
    _ = try? RequestDraft(tags.request, sampleRate: tags.sampleRate).resolve()
    return true
  }

  /// Whether a mel configuration is taken; then a tenth of a second is analysed with it.
  static func acceptsMel(_ url: URL) -> Bool {
    guard let data = try? Data(contentsOf: url),
      let mel = try? JSONDecoder().decode(MelConfiguration.self, from: data)
    else { return false }
    let tone = (0..<mel.sampleRate / 10).map { sin(Float($0) / 20) }
    return MelSpectrogram(mel).analyze(tone).values.allSatisfy { (-1...1).contains($0) }
  }

  /// Tags of a plain clip with everything that can be asked for, and of a morph.
  static var tagTexts: [[UInt8]] {
    let plain = """
      {"hiss":"0.1.0","model":"first","modelHash":"0123456789abcdef","processor":"avx2","request":{"controls":\
      {"beatsPerChord":4,"chords":"Am F | C G","followed":7,"key":"A minor","midi":{"hash":"0123456789abcdef","path":\
      "x.mid"},"scale":2.5,"tempo":92,"timeSignature":"4/4"},"duration":4,"edit":{"continues":false,"isLoop":false,\
      "repainted":[{"start":0.5,"end":1}],"source":{"hash":"0123456789abcdef","path":"/takes/x.wav"},"strength":0.6},\
      "guidanceScale":2.5,"lufs":-14,"negativePrompt":"drums","prompt":"pad","sampler":"euler","seed":7,"steps":8,\
      "timeShift":1.5,"vocoderIterations":32},"sampleRate":44100}
      """
    let end = #"{"duration":2,"prompt":"choir","seed":18446744073709551615,"steps":8,"controls":{"note":"C4"}}"#
    let morph =
      #"{"hiss":"0.1.0","model":"m","modelHash":"0","sampleRate":8000,"request":\#(end),"morph":{"fraction":0.25,"to":\#(end)}}"#
    return [Array(plain.utf8), Array(morph.utf8)]
  }
}
