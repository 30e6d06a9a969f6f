import Foundation
import Storage

/// A kit as Hydrogen's `drumkit.xml`, whose samples lie beside it. One instrument for each drum; takes are layers of the
/// velocities, which are what this format plays in turns by.
package enum HydrogenKitText {
  package static func text(_ notes: [SampledNote], name: String) -> String {
    var names: [String] = []
    for note in notes where !names.contains(note.name) { names.append(note.name) }
    let instruments = names.enumerated().map { index, drum -> String in
      let takes = notes.filter { $0.name == drum }
      let layers = takes.enumerated().map { number, note in
        """
                <layer>
                  <filename>\(HTMLText.escaped(note.stem)).wav</filename>
                  <min>\(share(number, takes.count))</min>
                  <max>\(share(number + 1, takes.count))</max>
                  <gain>1</gain>
                  <pitch>0</pitch>
                </layer>
        """
      }
      return """
            <instrument>
              <id>\(index)</id>
              <name>\(HTMLText.escaped(drum))</name>
              <volume>1</volume>
              <isMuted>false</isMuted>
              <pan>0</pan>
              <gain>1</gain>
              <applyVelocity>true</applyVelocity>
              <filterActive>false</filterActive>
              <Attack>0</Attack>
              <Decay>0</Decay>
              <Sustain>1</Sustain>
              <Release>1000</Release>
              <muteGroup>\(takes[0].chokeGroup ?? -1)</muteGroup>
              <midiOutChannel>-1</midiOutChannel>
              <midiOutNote>\(takes[0].root)</midiOutNote>
              <instrumentComponent>
                <component_id>0</component_id>
                <gain>1</gain>
        \(layers.joined(separator: "\n"))
              </instrumentComponent>
            </instrument>
        """
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <drumkit_info xmlns="http://www.hydrogen-music.org/drumkit">
        <name>\(HTMLText.escaped(name))</name>
        <author>Hiss</author>
        <info>Made by Hiss</info>
        <license>CC0</license>
        <componentList>
          <drumkitComponent>
            <id>0</id>
            <name>Main</name>
            <volume>1</volume>
          </drumkitComponent>
        </componentList>
        <instrumentList>
      \(instruments.joined(separator: "\n"))
        </instrumentList>
      </drumkit_info>

      """
  }

  private static func share(_ part: Int, _ count: Int) -> String {
    String(format: "%.4g", Double(part) / Double(count))
  }
}
