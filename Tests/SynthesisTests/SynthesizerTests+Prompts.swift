import Audio
import Denoising
import Diffusion
import Foundation
import Music
import Spectra
import Synchronization
import Synthesis
import Tensors
import Testing
import Text

extension SynthesizerTests {
  @Test("Prompts reach the encoder with what the model's glossary says of them")
  func glossary() throws {
    var asked = request("a fife and a piano")
    asked.negativePrompt = "bodhran"
    let read = try captions(of: asked, glossary: Glossary(lines: "fife\tflute\nbodhran\tdrum"))
    #expect(read == ["a fife and a piano, flute", "bodhran, drum"])
  }

  @Test("What controls say of the prompt does not reach the encoder, and what they do not say does")
  func musicOfThePrompt() throws {
    var asked = request("piano in A minor, 90 bpm")
    #expect(try captions(of: asked) == [asked.prompt, ""])
    var controls = ControlRequest()
    controls.key = "A minor"
    asked.controls = controls
    #expect(try captions(of: asked) == [asked.prompt, ""])
    asked.controls?.hear(PromptMusic("piano"))
    #expect(try captions(of: asked) == [asked.prompt, ""])
    asked.controls?.hear(PromptMusic(asked.prompt))
    #expect(asked.controls?.tempo == 90)
    #expect(try captions(of: asked) == ["piano", ""])

    // A note is said by controls only where they have a register.
    var note = request("a long B2 on an organ")
    note.controls = ControlRequest()
    note.controls?.hear(PromptMusic(note.prompt))
    #expect(note.caption(for: .all) == "a long note on an organ")
    #expect(note.caption(for: ControlTrack.groups(ofFeatures: 22)) == note.prompt)
    #expect(try captions(of: note) == ["a long note on an organ", ""])
  }
}
