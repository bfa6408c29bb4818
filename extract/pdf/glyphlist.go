package pdf

// glyphNameList holds pairs name=character.
const glyphNameList = `
exclam=! quotedbl=" numbersign=# dollar=$ percent=% ampersand=& quotesingle=' quoteright=’ parenleft=( parenright=)
asterisk=* plus=+ comma=, minus=− period=. slash=/ zero=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9
colon=: semicolon=; less=< equal== greater=> question=? at=@ bracketleft=[ backslash=\ bracketright=] asciicircum=^
underscore=_ quoteleft=‘ grave=` + "`" + ` braceleft={ bar=| braceright=} asciitilde=~ exclamdown=¡ cent=¢ sterling=£ fraction=⁄
yen=¥ florin=ƒ section=§ currency=¤ quotedblleft=“ guillemotleft=« guilsinglleft=‹ guilsinglright=› fi=ﬁ fl=ﬂ ff=ﬀ ffi=ﬃ
ffl=ﬄ endash=– dagger=† daggerdbl=‡ periodcentered=· middot=· paragraph=¶ bullet=• quotesinglbase=‚ quotedblbase=„
quotedblright=” guillemotright=» ellipsis=… perthousand=‰ questiondown=¿ acute=´ circumflex=ˆ tilde=˜ macron=¯ overscore=¯
breve=˘ dotaccent=˙ dieresis=¨ ring=˚ cedilla=¸ hungarumlaut=˝ ogonek=˛ caron=ˇ emdash=— AE=Æ ordfeminine=ª Lslash=Ł
Oslash=Ø OE=Œ ordmasculine=º ae=æ dotlessi=ı lslash=ł oslash=ø oe=œ germandbls=ß Aacute=Á Acircumflex=Â Adieresis=Ä
Agrave=À Aring=Å Atilde=Ã Ccedilla=Ç Eacute=É Ecircumflex=Ê Edieresis=Ë Egrave=È Eth=Ð Euro=€ Iacute=Í Icircumflex=Î
Idieresis=Ï Igrave=Ì Ntilde=Ñ Oacute=Ó Ocircumflex=Ô Odieresis=Ö Ograve=Ò Otilde=Õ Scaron=Š Thorn=Þ Uacute=Ú
Ucircumflex=Û Udieresis=Ü Ugrave=Ù Yacute=Ý Ydieresis=Ÿ Zcaron=Ž aacute=á acircumflex=â adieresis=ä agrave=à aring=å
atilde=ã brokenbar=¦ ccedilla=ç copyright=© degree=° divide=÷ eacute=é ecircumflex=ê edieresis=ë egrave=è eth=ð iacute=í
icircumflex=î idieresis=ï igrave=ì logicalnot=¬ mu=µ multiply=× ntilde=ñ oacute=ó ocircumflex=ô odieresis=ö ograve=ò
onehalf=½ onequarter=¼ onesuperior=¹ otilde=õ plusminus=± registered=® scaron=š thorn=þ threequarters=¾ threesuperior=³
trademark=™ twosuperior=² uacute=ú ucircumflex=û udieresis=ü ugrave=ù yacute=ý ydieresis=ÿ zcaron=ž
Alpha=Α Beta=Β Gamma=Γ Delta=∆ Epsilon=Ε Zeta=Ζ Eta=Η Theta=Θ Iota=Ι Kappa=Κ Lambda=Λ Mu=Μ Nu=Ν Xi=Ξ Omicron=Ο Pi=Π Rho=Ρ
Sigma=Σ Tau=Τ Upsilon=Υ Phi=Φ Chi=Χ Psi=Ψ Omega=Ω alpha=α beta=β gamma=γ delta=δ epsilon=ε zeta=ζ eta=η theta=θ iota=ι
kappa=κ lambda=λ nu=ν xi=ξ omicron=ο pi=π rho=ρ sigma=σ sigma1=ς tau=τ upsilon=υ phi=φ chi=χ psi=ψ omega=ω theta1=ϑ
phi1=ϕ omega1=ϖ Upsilon1=ϒ universal=∀ existential=∃ suchthat=∋ asteriskmath=∗ congruent=≅ therefore=∴ perpendicular=⊥
similar=∼ minute=′ second=″ lessequal=≤ greaterequal=≥ infinity=∞ club=♣ diamond=♦ heart=♥ spade=♠ arrowboth=↔ arrowleft=←
arrowup=↑ arrowright=→ arrowdown=↓ proportional=∝ partialdiff=∂ notequal=≠ equivalence=≡ approxequal=≈ carriagereturn=↵
aleph=ℵ circlemultiply=⊗ circleplus=⊕ emptyset=∅ intersection=∩ union=∪ propersuperset=⊃ reflexsuperset=⊇ notsubset=⊄
propersubset=⊂ reflexsubset=⊆ element=∈ notelement=∉ angle=∠ gradient=∇ product=∏ radical=√ dotmath=⋅ logicaland=∧
logicalor=∨ arrowdblboth=⇔ arrowdblleft=⇐ arrowdblup=⇑ arrowdblright=⇒ arrowdbldown=⇓ lozenge=◊ summation=∑ integral=∫
checkmark=✓ H22073=□ H18543=▪ H18551=▫ H18533=● blacksquare=■ whitesquare=□ circle=○ blackcircle=● bullseye=◎ filledbox=■
triagup=▲ triagdn=▼ triagrt=► triaglf=◄ invbullet=◘ openbullet=◦ star=★ whitestar=☆ ideographicspace=　 ideographiccomma=、
ideographicperiod=。 male=♂ female=♀ afii61352=№ numero=№ estimated=℮ afii61289=ℓ horizontalbar=― afii00208=―
`
