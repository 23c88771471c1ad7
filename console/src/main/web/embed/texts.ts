// The elements' texts; a page may give others by the property labels.

const en = {
  wallet: "My points",
  earned: "Earned",
  toGive: "To give",
  thisMonth: "this month",
  points: "points",
  nothing: "When somebody thanks you, it will be here.",
  pool: "Distribution pool",
  good: "There is enough in the pool.",
  low: "The pool is getting low.",
  nearly_empty: "The pool is nearly empty.",
  none: "Nothing can be given now.",
  asOf: "As of",
  signIn: "Sign in to see your points.",
  forbidden: "Your role does not allow this.",
  failed: "This could not be read.",
  stale: "This may be out of date: read at",
  retry: "Try again",
  loading: "Loading …",
};

export type Texts = typeof en;

const hi: Texts = {
  wallet: "मेरे अंक",
  earned: "अर्जित",
  toGive: "देने के लिए",
  thisMonth: "इस महीने",
  points: "अंक",
  nothing: "जब कोई आपको धन्यवाद देगा, वह यहाँ दिखेगा।",
  pool: "वितरण पूल",
  good: "पूल में पर्याप्त अंक हैं।",
  low: "पूल में अंक कम हो रहे हैं।",
  nearly_empty: "पूल लगभग खाली है।",
  none: "अभी कुछ नहीं दिया जा सकता।",
  asOf: "स्थिति:",
  signIn: "अपने अंक देखने के लिए साइन इन करें।",
  forbidden: "आपकी भूमिका इसकी अनुमति नहीं देती।",
  failed: "इसे पढ़ा नहीं जा सका।",
  stale: "यह पुराना हो सकता है, पढ़ा गया:",
  retry: "फिर से कोशिश करें",
  loading: "लोड हो रहा है …",
};

export const TEXTS = { en, hi };

export function language(tag: string): keyof typeof TEXTS {
  return tag.toLowerCase().startsWith("hi") ? "hi" : "en";
}
